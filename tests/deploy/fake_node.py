"""Stands in for the JVM: answers as an OpenSearch node would, or fails as one would."""

import http.server
import json
import os
import sys
import time
from pathlib import Path

CONFIG = next(Path(word.split("=", 1)[1]) for word in sys.argv if word.startswith("-Dopensearch.path.conf="))
SETTINGS = dict(line.split(": ", 1) for line in (CONFIG / "opensearch.yml").read_text(encoding="utf-8").splitlines())
CLUSTER = json.loads(SETTINGS["cluster.name"])


class Node(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        process = {"local": {"process": {"id": os.getpid()}}}
        body = json.dumps({"cluster_name": CLUSTER, "status": "green", "nodes": process}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


def main(behaviour: str) -> None:
    if behaviour == "crash":
        sys.exit("java.lang.IllegalStateException: failed to obtain node locks\n\tat org.opensearch.Node.<init>\n")
    if behaviour == "silent":
        time.sleep(60)
    port = int(SETTINGS["http.port"])
    if behaviour == "taken once":
        Path(sys.argv[1]).write_text("answer", encoding="ascii")
    if behaviour.startswith("taken"):
        sys.exit("org.opensearch.bootstrap.StartupException: BindHttpException; nested: BindException[in use]")
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Node).serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text(encoding="ascii"))
