/** Faults that could be put into the server by mistake. Each changes one place, and a test or the compiler must notice it. */

/** A replacement of text that stands exactly once in a file. */
export interface ServerFault {
  readonly kind: string;
  readonly title: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const fault = (kind: string, title: string, file: string, from: string, to: string): ServerFault => ({ kind, title, file: `src/${file}`, from, to });

export const serverFaults: readonly ServerFault[] = [
  // Conditions dropped: what the database is asked to hold a write against.
  fault('condition', 'a write does not ask whose the event is', 'events/expressions.ts', "['organizerId', equals, organizerId]", "['organizerId', (name, value) => `(${name} = ${value} OR attribute_exists(${name}))`, organizerId]"),
  fault('condition', 'a write does not ask for the status', 'events/expressions.ts', "[['status', equals, status] as const]", '[]'),
  fault('condition', 'a write does not ask for the nonce', 'events/expressions.ts', ", ['nonce', equals, matched.nonce] as const", ''),
  fault('condition', 'publish does not ask for a location', 'events/expressions.ts', '...(hasLocation ?', '...(hasLocation && false ?'),
  fault('condition', 'publish accepts a start that is now', 'events/expressions.ts', '`${name} > ${value}`', '`${name} >= ${value}`'),
  fault('condition', 'one registration too many is accepted', 'events/expressions.ts', '`${name} <= ${value}`', '`${name} <= (${value} + ${value})`'),
  fault('condition', 'an unmatchable tag matches everything', 'events/change.ts', "parseEtag(ifMatch) ?? 'unmatchable' }", 'parseEtag(ifMatch) } as Pick<Expectation, "revision">'),
  fault('condition', 'creation replaces what is there', 'events/store.ts', "'attribute_not_exists(#id) OR #ttl <= :now'", "'attribute_not_exists(#id) OR #ttl <= :now OR :now > #ttl OR attribute_exists(#id)'"),
  fault('condition', 'a tombstone counts for ever', 'events/store.ts', "'attribute_not_exists(#id) OR #ttl <= :now'", "'attribute_not_exists(#id) OR (#ttl <= :now AND #ttl > :now)'"),
  fault('condition', 'a new capacity does not look at registrations', 'events/handlers/update-event.ts', 'body.capacity ? { registeredAtMost: body.capacity } : {}', 'body.capacity ? {} : {}'),
  fault('condition', 'unpublish does not look at registrations', 'events/handlers/unpublish-event.ts', "status: 'published', registeredAtMost: 0", "status: 'published'"),
  fault('condition', 'delete does not look at registrations', 'events/handlers/delete-event.ts', 'registeredAtMost: 0, ', ''),

  // Rules.
  fault('rule', 'drafts are visible to everybody', 'events/rules.ts', "status !== 'draft' || organizerId === caller", "status !== 'draft' || organizerId === caller || caller !== ''"),
  fault('rule', 'cancelled events cannot be seen', 'events/rules.ts', "return status !== 'draft' ||", "return status === 'published' ||"),
  fault('rule', 'a rival may change a published event', 'events/rules.ts', "if (event.organizerId !== caller) return { problem: 'not-event-organizer' } as const;", "if (event.organizerId === '') return { problem: 'not-event-organizer' } as const;"),
  fault('rule', 'only the first unmet requirement of publishing comes back', 'events/rules.ts', '  if (event.startsAt <= now) errors', '  if (errors.length === 0 && event.startsAt <= now) errors'),
  fault('rule', 'an event may end when it starts', 'events/rules.ts', 'Date.parse(next.endsAt) <= Date.parse(next.startsAt)', 'Date.parse(next.endsAt) < Date.parse(next.startsAt)'),
  fault('rule', 'a cancelled event can be changed by {}', 'events/rules.ts', "if (event.status === 'cancelled') return { problem: 'event-cancelled' };\n  if (event.status === 'published' && !next.location)", "if (event.status === 'cancelled' && Object.keys(change).length > 0) return { problem: 'event-cancelled' };\n  if (event.status === 'published' && !next.location)"),
  fault('rule', 'a published event may lose its location', 'events/rules.ts', "if (event.status === 'published' && !next.location)", "if (event.status === 'draft' && next.status === 'published' && !next.location)"),
  fault('rule', 'the year 2200 is accepted', 'events/instants.ts', 'lastYear = 2199', 'lastYear = 2200'),
  fault('rule', 'an event is upcoming at its very start', 'events/event.ts', 'if (now < startsAt)', 'if (now <= startsAt)'),
  fault('rule', 'an unknown time zone is judged although it was not sent', 'events/rules.ts', 'sent.timeZone !== undefined && !timeZones', 'next.timeZone !== undefined && !timeZones'),
  fault('rule', 'a repeated cancel takes the new reason', 'events/rules.ts', "if (event.status === 'cancelled') return unchanged;\n  return event.status === 'draft'", "if (event.status === 'cancelled') return { problem: 'not-published' };\n  return event.status === 'draft'"),

  fault('rule', 'a rival may duplicate a published event', 'events/handlers/duplicate-event.ts', 'refusal(original, principal.sub)', 'refusal(original, original?.organizerId ?? principal.sub)'),
  fault('rule', 'the times of a duplicate are not judged', 'events/handlers/duplicate-event.ts', 'errors.length > 0', 'errors.length > 9'),

  // Order of checks.
  fault('order', 'the body is read before the token is looked at', 'app/app.ts', '      authenticate(operation, verify),\n      authorize(operation, groups),\n      readBody(operation),\n', '      readBody(operation),\n      authenticate(operation, verify),\n      authorize(operation, groups),\n'),
  fault('order', 'the request is validated before the role is looked at', 'app/app.ts', '      authorize(operation, groups),\n      readBody(operation),\n      validate(operation, validatorOf(operation)),\n', '      readBody(operation),\n      validate(operation, validatorOf(operation)),\n      authorize(operation, groups),\n'),
  fault('order', 'the tag is looked at before the organizer', 'events/rules.ts', "  if (refused) return refused;\n", "  if (refused && (event === undefined || ifMatch === undefined || ifMatch === '*' || ifMatch === etagOf(event))) return refused;\n"),
  fault('order', 'a reused key is told before a spent one', 'events/creation.ts', "  if (creation.kind === 'spent') return { problem: 'idempotency-key-spent' } as const;\n", "  if (creation.kind === 'spent') return { problem: 'idempotency-key-reused' } as const;\n"),
  fault('order', 'capacity is judged before the location', 'events/rules.ts', "  if (event.status === 'published' && !next.location) return { problem: 'location-required' };\n  if (change.capacity && change.capacity < event.registeredCount) return { problem: 'capacity-below-registrations' };\n", "  if (change.capacity && change.capacity < event.registeredCount) return { problem: 'capacity-below-registrations' };\n  if (event.status === 'published' && !next.location) return { problem: 'location-required' };\n"),

  // Headers and statuses.
  fault('header', 'no ETag on the answer to a change', 'events/event.ts', 'headers: { ETag: body.etag }, body } as const', 'headers: {} as { ETag: string }, body } as const'),
  fault('header', 'Location leaves out the base path', 'app/answer.ts', '`${basePath}${location}`', '`${basePath.slice(basePath.length)}${location}`'),
  fault('header', 'a replay does not say so', 'events/creation.ts', 'replayed ? {', "replayed && event.eventId === '' ? {"),
  fault('header', 'answers may be stored', 'app/authenticate.ts', "      response.setHeader('Cache-Control', 'no-store');\n", ''),
  fault('header', 'no Allow on a 405', 'app/app.ts', "throw new ProblemError('method-not-allowed', { headers: { Allow: allow } })", "throw new ProblemError('method-not-allowed')"),
  fault('header', 'Retry-After although something may have been written', 'app/problems.ts', 'error.nothingWritten ? 1 : undefined', '1'),
  fault('header', 'no WWW-Authenticate on a 401', 'app/problems.ts', "detail: error.detail, headers: { 'WWW-Authenticate': error.challenge }", 'detail: error.detail'),
  fault('header', 'the request id of the client is taken', 'lambda-handler.ts', '...withoutOurs(event.headers), [requestIdHeader]: requestId ?? randomUUID()', "...withoutOurs(event.headers), [requestIdHeader]: event.headers?.['x-request-id'] ?? requestId ?? randomUUID()"),
  fault('header', 'the tag of a changed event stays', 'events/expressions.ts', "'#revision = #revision + :one'", "'#revision = #revision + :one - :one'"),
  fault('status', 'OPTIONS answers 200', 'app/app.ts', 'write(response, { status: 204', 'write(response, { status: 200'),
  fault('status', 'creation answers 200', 'events/creation.ts', 'status: 201', 'status: 200'),
  fault('status', 'a stray % is a fault of ours', 'app/app.ts', "isUndecodable(error) ? new", "isUndecodable(error) && state.requestId === '' ? new"),
  fault('status', 'the detail of our own fault goes to the client', 'app/problems.ts', "return problem('internal-error', requestId);", "return problem('internal-error', requestId, { detail: String(error) });"),

  // Lists and indexes.
  fault('index', "one's own list reads the published index of the organizer", 'events/list-query.ts', "'own' ? 'organizerId-index' : 'publishedBy-index'", "'own' ? 'publishedBy-index' : 'organizerId-index'"),
  fault('index', 'lists run backwards', 'events/list-query.ts', "request.order === 'asc'", "request.order === 'desc'"),
  fault('index', 'a published event does not enter the list', 'events/listing.ts', "if (status !== 'published')", "if (status !== 'cancelled')"),
  fault('index', 'a moved start does not move in the lists', 'events/handlers/update-event.ts', '...(body.startsAt === undefined ? {} : { startsAtId: startsAtId(next) })', '...(body.startsAt !== undefined ? {} : { startsAtId: startsAtId(next) })'),
  fault('index', 'the cursor points before the last item', 'events/list.ts', 'entries[limit - 1]?.key', 'entries[limit - 2]?.key'),
  fault('index', 'a cursor fits any filters', 'events/cursor.ts', 'madeBy !== version || madeFor !== digest(filters)', "madeBy !== version || (madeFor !== digest(filters) && madeFor === '')"),
  fault('index', 'one query too many is made', 'events/list-query.ts', 'queries: 10, events: 500', 'queries: 11, events: 550'),
  fault('index', 'getEvent may read what was there before', 'events/store.ts', 'ConsistentRead: true', 'ConsistentRead: false'),

  // Tokens, paths, bodies.
  fault('token', 'ID tokens pass', 'auth/tokens.ts', "  if (use !== 'access') throw refused('This is not an access token.');\n", ''),
  fault('token', 'tokens of other applications pass', 'auth/tokens.ts', "if (client !== clientId) throw", "if (client !== clientId && client === undefined) throw"),
  fault('token', 'tokens of other issuers pass', 'auth/tokens.ts', '        issuer,\n        requiredClaims', "        ...(issuer === '' ? { issuer } : {}),\n        requiredClaims"),
  fault('token', 'any group has the role', 'app/authorize.ts', '!stateOf(response).principal?.groups.includes(group)', '!stateOf(response).principal?.groups.length'),
  fault('path', 'paths match in any case', 'app/app.ts', ".enable('case sensitive routing')", ''),
  fault('path', 'a trailing slash is forgiven', 'app/app.ts', "app.enable('strict routing').enable", 'app.enable'),
  fault('path', 'a path outside the base path is served', 'app/base-path.ts', "if (target.includes('#') || !target.startsWith(`${basePath}/`)) throw", "if (target.includes('#')) throw"),
  fault('body', 'a body may be one byte larger', 'app/body.ts', 'bodyLimit = 64 * 1024', 'bodyLimit = 64 * 1024 + 1'),
  fault('body', 'invalid UTF-8 is replaced', 'app/body.ts', "if (!isUtf8(bytes)) throw", "if (!isUtf8(bytes) && bytes.length === 0) throw"),
  fault('body', 'other character sets pass', 'app/body.ts', "charset.toLowerCase() === 'utf-8' ? essence : ''", 'charset ? essence : essence'),
  fault('body', 'only the first fault comes back', 'contract/validator.ts', 'allErrors: true', 'allErrors: false'),
  fault('body', 'repeated parameters are forgiven', 'contract/query.ts', "    else if (all.length > 1) faults.push({ parameter: name, code: 'repeated', detail: 'must be given once' });\n", ''),
  fault('write', "the caller's own success comes back as a conflict", 'events/store.ts', "return !written.ok && written.current?.['requestId'] === requestId;", "return !written.ok && written.current?.['requestId'] === `not ${requestId}`;"),
  fault('write', 'the fingerprint depends on the order of members', 'events/creation.ts', 'update(canonicalJson(asked))', 'update(canonicalJson(asked) && JSON.stringify(asked))'),
  fault('write', "another organizer's key makes the same event", 'events/creation.ts', '`${organizerId}\\n${key}`', '`${organizerId.slice(organizerId.length)}${key}`'),
  fault('write', 'a repeated duplicate is forgotten with its original', 'events/handlers/duplicate-event.ts', '(await replay(call, services, asked)) ?? refused', 'refused ?? (await replay(call, services, asked))'),
  fault('write', 'a replay does not look at the fingerprint', 'events/store.ts', "item?.['fingerprint'] === fingerprint", "item?.['fingerprint'] !== undefined"),
  fault('write', 'a key makes the duplicate of one event that of another', 'events/handlers/duplicate-event.ts', '{ ...body, duplicateOf: path.eventId }', 'body'),
  fault('write', 'a duplicate is made of whatever the original had', 'events/event.ts', 'pick(event, contentMembers)', 'pick(event, contentMembers.concat(Object.keys(event) as typeof contentMembers))'),
  fault('write', 'a change is not tried again', 'events/handlers/update-event.ts', 'mostTries = 5', 'mostTries = 1'),
  fault('write', 'a read-only attribute of the table comes back', 'events/event.ts', 'pick(known, members)', 'pick(known, [...members, ...(Object.keys(known) as typeof members)])'),
];
