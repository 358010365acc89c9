import{createRequire as seaworthyRequire}from'node:module';const require=seaworthyRequire(import.meta.url);
import {
  commandEnvironment,
  endText,
  execute
} from "./chunk-io-process-exec.js";
import {
  readPlain
} from "./chunk-io-files-files.js";
import {
  of_createPrivateKey,
  of_createPublicKey,
  of_hash,
  of_sign,
  of_verify
} from "./chunk-actions-exec-lib-toolrunner.js";
import {
  SeaworthyError
} from "./chunk-zod-v4-core-schemas.js";

var PAYLOAD_TYPE = "application/vnd.in-toto+json", PASSWORD_VARIABLE = "SEAWORTHY_KEY_PASSWORD", WHERE = "--key", SIGN_MS = 12e4, VARIABLE = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/;
function openKey(source, publicKey, env) {
  let password = env[PASSWORD_VARIABLE];
  if (delete env[PASSWORD_VARIABLE], source.startsWith("exec:"))
    return commandSigner(source.slice(5), publicKey);
  let privateKey = privateKeyIn(pemOf(source, env), password), publicKeyOfSigner = of_createPublicKey(privateKey);
  return refuseOtherKinds(publicKeyOfSigner, WHERE), { publicKey: publicKeyOfSigner, sign: async (message) => of_sign("sha256", Buffer.from(message), privateKey) };
}
function readPublicKey(path, flag) {
  let text = readExisting(path, flag);
  if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(text))
    throw unusable("this is not a public key in PEM (BEGIN PUBLIC KEY)", flag);
  let key;
  try {
    key = of_createPublicKey(text);
  } catch {
    throw unusable("the public key cannot be read", flag);
  }
  return refuseOtherKinds(key, flag), key;
}
async function signStatement(statement, { publicKey, sign }, signal) {
  let signature = await sign(preAuthEncoding(statement), signal), envelope = {
    payload: Buffer.from(statement).toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ sig: signature.toString("base64") }]
  }, bundle = {
    mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
    verificationMaterial: { publicKey: { hint: hintOf(publicKey) } },
    dsseEnvelope: envelope
  };
  return { envelope: `${JSON.stringify(envelope)}
`, bundle: JSON.stringify(bundle) };
}
function preAuthEncoding(payload) {
  let length = (text) => Buffer.byteLength(text);
  return `DSSEv1 ${length(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${length(payload)} ${payload}`;
}
function hintOf(key) {
  return of_hash("sha256", publicKeyDer(key), "base64");
}
function fingerprintOf(key) {
  return `sha256:${of_hash("sha256", publicKeyDer(key))}`;
}
function publicKeyDer(key) {
  return key.export({ format: "der", type: "spki" });
}
function pemOf(source, env) {
  let [, name] = VARIABLE.exec(source) ?? [];
  if (name !== void 0) {
    let value = env[name];
    if (delete env[name], value === void 0 || value.trim() === "")
      throw unusable("the variable is not set, or is empty", `${WHERE} env://${name}`);
    return value;
  }
  if (/^env:/.test(source))
    throw unusable("a variable is named as env://NAME", WHERE);
  if (/[\n\r]|-----/.test(source))
    throw unusable("this is a key itself, which every user of the machine can see among the arguments; replace that key, and pass a file, env://NAME or exec:COMMAND", WHERE);
  return readExisting(source, WHERE);
}
function readExisting(path, where) {
  let text = readPlain(path);
  if (text === null)
    throw new SeaworthyError({ code: "file-unreadable", what: "there is no such file", where });
  return text;
}
function privateKeyIn(pem, password) {
  let [, kind = "no key in PEM"] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  if (kind !== "PRIVATE KEY" && kind !== "ENCRYPTED PRIVATE KEY")
    throw unusable(`this is not a PKCS#8 private key, but ${kind}`, WHERE);
  let isEncrypted = kind !== "PRIVATE KEY";
  if (isEncrypted && (password === void 0 || password === ""))
    throw unusable(`the key is encrypted, and ${PASSWORD_VARIABLE} is not set`, WHERE);
  try {
    return of_createPrivateKey(isEncrypted ? { key: pem, passphrase: password } : pem);
  } catch {
    throw unusable(isEncrypted ? "the password is wrong, or the key is damaged" : "the key is damaged", WHERE);
  }
}
function refuseOtherKinds({ asymmetricKeyType: type, asymmetricKeyDetails: details }, where) {
  if (type !== "ec" || details?.namedCurve !== "prime256v1")
    throw unusable(`the key is of another kind (${details?.namedCurve ?? type})`, where);
}
function commandSigner(command, publicKey) {
  if (command.trim() === "" || publicKey === null) {
    let what = command.trim() === "" ? "exec: names no command" : "exec: needs --public-key";
    throw unusable(what, WHERE);
  }
  return {
    publicKey,
    async sign(message, signal) {
      let options = { env: commandEnvironment(), input: message, limitMs: SIGN_MS, signal }, ended = await execute("sh", ["-c", command], options);
      if (ended.code !== 0 || ended.late) {
        let how = ended.late ? `did not finish within ${SIGN_MS / 1e3} s` : `failed (${endText(ended)})`;
        throw notSigned(`the command that signs ${how}`, "run the command by hand to see its output");
      }
      let signature = Buffer.from(ended.stdout.text, "base64");
      if (!of_verify("sha256", Buffer.from(message), publicKey, signature))
        throw notSigned("what the command printed is not a signature by --public-key", "let the command sign its standard input (ECDSA with SHA-256) and print the ASN.1 DER signature in base64; --public-key must be the public half of its key");
      return signature;
    }
  };
}
function notSigned(what, todo) {
  return new SeaworthyError({ code: "not-signed", what, where: WHERE, todo });
}
function unusable(what, where) {
  return new SeaworthyError({ code: "key-unusable", what, where });
}

export {
  PAYLOAD_TYPE,
  openKey,
  readPublicKey,
  signStatement,
  hintOf,
  fingerprintOf
};
