// A registry with the referrers API of the OCI distribution specification 1.1, for tests: go-containerregistry's own
// server. Debian's docker-registry does not have that API, nor do versions 3.0.0 and 3.1.2 of distribution.
// Run: referrers-registry 127.0.0.1:5000
package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	quiet := registry.Logger(log.New(io.Discard, "", 0))
	server := &http.Server{
		Addr:              os.Args[1],
		Handler:           registry.New(registry.WithReferrersSupport(true), quiet),
		ReadHeaderTimeout: 10 * time.Second,
	}
	log.Fatal(server.ListenAndServe())
}
