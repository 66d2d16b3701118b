"""mail_server: a real SMTP server (aiosmtpd) that misbehaves as it is told to.

It reads how to behave as a line of JSON from standard input, at any time, and says what happened as lines of JSON:
{"ready": PORT}, {"said": STAGE}, {"mail": {...}} for each e-mail it has taken.

  reply   {"mail": "451 4.3.2 later"}: what to answer at a stage: mail, rcpt, dot
  kill    {"stage": "rcpt", "pid": 1}: a process is killed when that stage is reached
  close   "rcpt": the connection is closed there
  slow    {"stage": "dot", "seconds": 5}
"""
import asyncio
import json
import os
import signal
import ssl
import sys
import threading

from aiosmtpd.smtp import AuthResult, SMTP

manners = {}
speaking = threading.Lock()


def say(what):
    with speaking:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()


async def reach(stage, server):
    """True: the connection is gone."""
    say({"said": stage})
    if manners.get("kill", {}).get("stage") == stage:
        os.kill(manners.pop("kill")["pid"], signal.SIGKILL)
    if manners.get("slow", {}).get("stage") == stage:
        await asyncio.sleep(manners["slow"]["seconds"])
    if manners.get("close") == stage:
        server.transport.abort()
        return True
    return False


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        await reach("ehlo", server)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        await reach("mail", server)
        if "mail" in manners.get("reply", {}):
            return manners["reply"]["mail"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await reach("rcpt", server)
        if "rcpt" in manners.get("reply", {}):
            return manners["reply"]["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        refusal = manners.get("reply", {}).get("dot")
        if refusal is None:
            say({"mail": {
                "from": envelope.mail_from, "to": envelope.rcpt_tos, "user": str(session.auth_data or ""),
                "sealed": session.ssl is not None, "text": envelope.original_content.decode("utf-8")}})
        await reach("dot", server)
        return refusal or "250 2.0.0 Taken"


class Server(SMTP):
    async def push(self, status):
        await super().push(status)
        text = status if isinstance(status, str) else status.decode()
        if text.startswith("354"):
            await reach("data", self)
        if text.startswith("250 2.0.0 Taken"):
            await reach("taken", self)


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"dossier" and data.password == b"a pass word"
    return AuthResult(success=right, handled=False, auth_data="dossier" if right else None)


def read_manners():
    for line in sys.stdin:
        manners.clear()
        manners.update(json.loads(line))
        say({"manners": manners})


async def main(certificate, key):
    options = {"enable_SMTPUTF8": False, "hostname": "mail.example", "ident": "test"}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
        options.update(tls_context=context, authenticator=authenticate, auth_required=True)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(Handler(), loop=loop, **options), "127.0.0.1", 0)
    threading.Thread(target=read_manners, daemon=True).start()
    say({"ready": server.sockets[0].getsockname()[1]})
    await server.serve_forever()


asyncio.run(main(*(sys.argv[1:3] or (None, None))))
