"""A mail server on a real socket, which refuses, breaks off and drops answers as a test says."""

import socketserver
import threading
from email import message_from_bytes
from email.policy import default


class MailServer(socketserver.ThreadingTCPServer):
    """`faults`: one for each connection, from the first: "refuse", "recipient", "break" (before the end), "drop" (the answer), ""."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, faults=()):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.faults = list(faults)
        self.sessions = 0
        self.mails, self.raw = [], []
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def mailers(self):
        where = {"host": "127.0.0.1", "port": self.server_address[1], "timeout": 5}
        return {"default": {"BACKEND": "annotations.notices.smtp.SmtpMailer", "OPTIONS": where}}

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.thread.join()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.server.sessions += 1
        fault = self.server.faults.pop(0) if self.server.faults else ""
        self.say("421 later" if fault == "refuse" else "220 ready")
        while line := self.rfile.readline():
            word = line[:4].strip().upper()
            if word == b"DATA":
                if fault == "break":
                    return
                self.say("354 go on")
                body = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    body += line.replace(b"\r\n", b"\n")
                self.server.raw.append(body)
                self.server.mails.append(message_from_bytes(body, policy=default))
                if fault == "drop":
                    return
                self.say("250 stored")
            elif word == b"RCPT" and fault == "recipient":
                self.say("550 no such account")
            else:
                self.say("221 bye" if word == b"QUIT" else "250 fine")
                if word == b"QUIT":
                    return
