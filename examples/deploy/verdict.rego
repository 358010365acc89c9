# For cosign: asks of a verdict that it passed, by this policy, at most a week ago. cosign asks it of every verdict that the key
# has signed for the image, so an older one that is not as good makes it refuse, too.
#   cosign verify-attestation --key verdict.pub --insecure-ignore-tlog=true --policy verdict.rego \
#     --type https://slsa.dev/verification_summary/v1 registry.example/acme/app@sha256:…
package signature

default allow = false

allow {
  input.predicateType == "https://slsa.dev/verification_summary/v1"
  input.predicate.verifier.id == "urn:seaworthy:gate"
  input.predicate.verificationResult == "PASSED"
  # The value of policyDigest in report.json, without the prefix "sha256:".
  input.predicate.policy.digest.sha256 == "0000000000000000000000000000000000000000000000000000000000000000"
  # 168 hours, in nanoseconds.
  time.now_ns() - time.parse_rfc3339_ns(input.predicate.timeVerified) <= 168 * 3600 * 1000000000
}
