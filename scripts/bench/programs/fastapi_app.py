"""The same two operations with FastAPI, Mangum and boto3."""
import os
import uuid
from datetime import datetime, timezone
from typing import Annotated, Literal, Union

import boto3
from fastapi import FastAPI, HTTPException
from mangum import Mangum
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

dynamodb = boto3.resource("dynamodb", endpoint_url=os.environ["DYNAMODB_ENDPOINT"], region_name=os.environ["AWS_REGION"])
table = dynamodb.Table(os.environ["EVENTS_TABLE_NAME"])
seats_table = dynamodb.Table(os.environ["REGISTRATIONS_TABLE_NAME"])
app = FastAPI()


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Venue(Strict):
    kind: Literal["venue"]
    name: str = Field(min_length=1, max_length=200)
    address: str = Field(min_length=1, max_length=500)


class Online(Strict):
    kind: Literal["online"]
    url: str = Field(min_length=1, max_length=2048)


class NewEvent(Strict):
    name: str = Field(min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=5000)
    startsAt: AwareDatetime
    endsAt: AwareDatetime
    timeZone: str = Field(min_length=1, max_length=64)
    location: Annotated[Union[Venue, Online], Field(discriminator="kind")] | None = None
    tags: list[Annotated[str, Field(min_length=1, max_length=50)]] | None = Field(default=None, max_length=20)
    capacity: int | None = Field(default=None, ge=1)


@app.get("/events/{event_id}")
def get_event(event_id: uuid.UUID):
    item = table.get_item(Key={"eventId": str(event_id)}, ConsistentRead=True).get("Item")
    if item is None:
        raise HTTPException(404)
    seats = seats_table.get_item(Key={"scope": f"{event_id}/seats", "number": 0}, ConsistentRead=True).get("Item", {})
    return item | {"registeredCount": seats.get("lastNumber", 0)}


@app.post("/events", status_code=201)
def create_event(body: NewEvent):
    now = datetime.now(timezone.utc).isoformat()
    event = body.model_dump(mode="json", exclude_none=True)
    event |= {"eventId": str(uuid.uuid4()), "organizerId": "somebody", "status": "draft", "createdAt": now, "updatedAt": now}
    item = event | {"startsAtId": f"{event['startsAt']}#{event['eventId']}"}
    table.put_item(Item=item, ConditionExpression="attribute_not_exists(eventId)")
    return event | {"registeredCount": 0}


handler = Mangum(app, lifespan="off")
