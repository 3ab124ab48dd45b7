"""One cold start of the FastAPI program, or so many warm requests: `python.py EVENT [COUNT]`."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "programs"))
event = json.loads(sys.argv[1])
count = int(sys.argv[2]) if len(sys.argv) > 2 else 0

cpu = time.process_time()
begin = time.perf_counter()
from fastapi_app import handler  # noqa: E402

imported = time.perf_counter()
result = handler(event, {})
responded = time.perf_counter()
result = {
    "imported": (imported - begin) * 1000,
    "responded": (responded - begin) * 1000,
    "cpu": (time.process_time() - cpu) * 1000,
    "statusCode": result["statusCode"],
    "body": result["body"],
}
if count:
    for _ in range(count):
        handler(event, {})
    cpu = time.process_time()
    for _ in range(count):
        handler(event, {})
    result["warm"] = (time.process_time() - cpu) * 1e6 / count
print(json.dumps(result))
