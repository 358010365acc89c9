"""A small web service: it packs what it answers, so that it needs more of Python than print."""
import gzip
import http.server
import sys
import urllib.request

if "--probe" in sys.argv:
    answer = urllib.request.urlopen("http://127.0.0.1:8080/", timeout=2).read()
    sys.exit(0 if gzip.decompress(answer) == b"ahoy\n" else 1)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = gzip.compress(b"ahoy\n")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("", 8080), Handler).serve_forever()
