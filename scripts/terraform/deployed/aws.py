"""Calls AWS's services with botocore: reads one call a line as JSON, and writes its result or its error as a line."""

import json
import signal
import sys

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

# Ctrl-C reaches every program of the terminal. This one ends when its input does.
signal.signal(signal.SIGINT, signal.SIG_IGN)

endpoint, region, account = sys.argv[1:]
config = Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=60)
session = Session()
# The emulator takes an access key of twelve digits as the number of an account.
session.set_credentials(account, "emulated")
clients = {}


def client(service):
    if service not in clients:
        clients[service] = session.create_client(service, region_name=region, endpoint_url=endpoint, config=config)
    return clients[service]


def value(one):
    """An argument; {"$file": path} stands for the bytes of a file, which JSON cannot express."""
    if isinstance(one, dict):
        if list(one) == ["$file"]:
            with open(one["$file"], "rb") as file:
                return file.read()
        return {name: value(member) for name, member in one.items()}
    return [value(item) for item in one] if isinstance(one, list) else one


for line in sys.stdin:
    call = json.loads(line)
    try:
        operation = getattr(client(call["service"]), call["operation"])
        answer = {"result": operation(**value(call["arguments"]))}
    except ClientError as error:
        answer = {"error": str(error), "code": error.response["Error"]["Code"]}
    except (BotoCoreError, AttributeError, OSError) as error:
        answer = {"error": str(error), "code": type(error).__name__}
    print(json.dumps({"id": call["id"], **answer}, default=str), flush=True)
