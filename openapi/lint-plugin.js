/** The conventions of the contract that Redocly's assertions cannot express. */
export default function conventions() {
  return {
    id: 'conventions',
    rules: {
      oas3: {
        'deprecations-are-dated': deprecationsAreDated,
        'enum-values-are-kebab-case': enumValuesAreKebabCase,
        'etags-are-in-headers-too': etagsAreInHeadersToo,
        'gateway-responses-are-marked': gatewayResponsesAreMarked,
        'lists-are-paged': listsArePaged,
        'names-follow-from-paths': namesFollowFromPaths,
        'null-is-one-of-two': nullIsOneOfTwo,
        'problems-have-texts': problemsHaveTexts,
        'problems-narrow-their-code': problemsNarrowTheirCode,
        'references-change-no-rules': referencesChangeNoRules,
        'request-strings-have-a-form': requestStringsHaveAForm,
        'responses-name-their-request': responsesNameTheirRequest,
        'roles-follow-from-paths': rolesFollowFromPaths,
        'schemas-are-bounded': schemasAreBounded,
        'throttles-are-positive': throttlesArePositive,
        'tokens-are-required-unless-open': tokensAreRequiredUnlessOpen,
        'writes-have-dry-runs': writesHaveDryRuns,
      },
    },
  };
}

const PROBLEM = 'application/problem+json';
const PROBLEM_SCHEMA = '#/components/schemas/Problem';
const GATEWAY_SCHEMA = '#/components/schemas/GatewayError';

/** The header Deprecation needs a date (RFC 9745), and a sunset must not be earlier than the deprecation (RFC 9745, section 4). */
function deprecationsAreDated() {
  const isDay = (value) => typeof value === 'string' && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;
  const check = (node, { report, location }) => {
    const { deprecated, 'x-deprecated-since': since, 'x-sunset': sunset } = node;
    if (deprecated === true && !isDay(since)) {
      report({
        message: 'A deprecated element must have x-deprecated-since, a date such as "2030-01-31".',
        location,
      });
    }
    if (deprecated !== true && (since ?? sunset) !== undefined) {
      report({ message: 'x-deprecated-since and x-sunset require deprecated: true.', location });
    }
    if (sunset !== undefined && !(isDay(sunset) && sunset >= since)) {
      report({ message: 'x-sunset must be a date such as "2030-12-31", not before x-deprecated-since.', location });
    }
  };
  return { Operation: check, Parameter: check, Schema: check };
}

/** Values of enumerations are kebab-case. Those of one with `x-operations` are names of operations that write. */
function enumValuesAreKebabCase() {
  const writes = new Set();
  return {
    Root({ paths = {} }) {
      for (const { get: _, ...item } of Object.values(paths))
        for (const { operationId } of Object.values(item)) writes.add(operationId);
    },
    Schema({ enum: values = [], 'x-operations': ofOperations }, { report, location }) {
      for (const value of values) {
        if (ofOperations === undefined && !/^[a-z]+(-[a-z]+)*$/.test(value))
          report({ message: `${value} must be kebab-case.`, location: location.child('enum') });
        if (ofOperations !== undefined && !writes.has(value))
          report({
            message: `${value} must be the name of an operation that writes.`,
            location: location.child('enum'),
          });
      }
    },
  };
}

/** A resource that has an `etag` has it in the header of each response that returns the resource alone. */
function etagsAreInHeadersToo() {
  return {
    Paths: {
      Response(response, { report, location, resolve }) {
        const schema = resolve(response.content?.['application/json']?.schema ?? {}).node;
        if (schema?.properties?.etag !== undefined && response.headers?.ETag === undefined)
          report({ message: 'A response with an etag must have the header ETag.', location });
      },
    },
  };
}

/** Responses that only the gateway produces have its format, and name the problem code that they correspond to. */
function gatewayResponsesAreMarked() {
  return {
    Paths: {
      Response(response, { report, location, key }) {
        const marked = response['x-made-by'] === 'gateway';
        const types = Object.keys(response.content ?? {});
        const say = (message) => report({ message, location });

        if (response['x-made-by'] !== undefined && !marked) say('x-made-by must be gateway or absent.');
        if (marked !== (response['x-problem-code'] !== undefined)) {
          say('x-problem-code is required with x-made-by: gateway, and not allowed without it.');
        }
        if (marked && types.join() !== 'application/json')
          say('Responses of the gateway must be application/json only.');
        if (marked && response.headers?.['Apigw-Requestid'] === undefined)
          say('Responses of the gateway must have the header Apigw-Requestid.');
        if (/^[45]/.test(key)) {
          if (!marked && !types.includes(PROBLEM)) say(`An error must be ${PROBLEM}, unless x-made-by is gateway.`);
          const json = response.content?.['application/json'];
          if (json !== undefined && json.schema?.$ref !== GATEWAY_SCHEMA) {
            say(`An error in application/json must be a ${GATEWAY_SCHEMA}.`);
          }
        }
      },
    },
  };
}

/** Every list operation has pages, and every page has items. */
function listsArePaged() {
  return {
    Operation(operation, { report, location, resolve }) {
      if (!/^list[A-Z]/.test(operation.operationId ?? '')) return;
      const names = (operation.parameters ?? []).map((parameter) => resolve(parameter).node?.name);
      for (const name of ['limit', 'cursor']) {
        if (!names.includes(name)) report({ message: `A list must have the parameter ${name}.`, location });
      }
      const page = resolve(
        resolve(operation.responses?.['200'] ?? {}).node?.content?.['application/json']?.schema ?? {},
      ).node;
      for (const name of ['items', 'nextCursor']) {
        if (page?.properties?.[name] === undefined)
          report({ message: `A page of a list must have ${name}.`, location });
      }
      if (page?.required?.join() !== 'items')
        report({ message: 'A page must require items, and nothing else.', location });
    },
  };
}

/** What a path tells by itself: `/events/{eventId}/registration` is the caller's own registration for an event. */
function readPath(path) {
  const segments = path.split('/').slice(1);
  const isParameter = (segment) => segment.startsWith('{');
  const isCollection = (segment) => isParameter(segment) || segment.endsWith('s');
  const isSingular = (segment, index) => !isCollection(segment) && index > 0;
  return {
    segments,
    last: segments.at(-1),
    isCollection,
    /** The index of a singular that is followed by an action, or can be written: see `isOwn`. */
    singular: segments.findIndex(isSingular),
    /** Whether the path leads into a collection inside of an item: `/events/{eventId}/registrations`. */
    isNested: segments.slice(1).some((segment, index) => isParameter(segments[index]) && segment.endsWith('s')),
  };
}

/**
 * Whether a path is, or leads into, a resource that each caller has one of: a singular that can be written, or is followed by an action.
 * One that can only be read is another form of what is above it: `/events/{eventId}/calendar`.
 */
function isOwn({ segments, singular }, item) {
  const isWritten = ['put', 'patch', 'delete'].some((method) => item[method] !== undefined);
  return singular > 0 && (singular < segments.length - 1 || isWritten);
}

/**
 * An operationId consists of a verb and a noun, and the summary starts with the same verb. The verb is that of the method, or the last
 * part of the path if that is not a collection: `POST /events/{eventId}/cancel` is cancelEvent. What each caller has one of is a
 * singular, and its operations say so: `DELETE /events/{eventId}/registration` is deleteMyRegistration. Only its PUT is named
 * after what the caller does: registerForEvent. Other singulars can only be read: `GET /health` is getHealth.
 */
function namesFollowFromPaths() {
  const usual = { get: ['get', 'list'], put: ['replace'], post: ['create'], patch: ['update'], delete: ['delete'] };
  const anyVerb = ['[a-z]+'];
  return {
    Paths: {
      PathItem(item, { report, location, key: path }) {
        const read = readPath(path);
        const { segments, last, isCollection } = read;
        const own = isOwn(read, item);
        const say = (message, at = location.key()) => report({ message, location: at });
        for (const segment of segments)
          if (!/^(\{\w+\}|[a-z]+(-[a-z]+)*)$/.test(segment)) say(`${segment} must be kebab-case.`);
        segments.slice(0, -1).forEach((segment, index) => {
          if (!isCollection(segment) && !(own && index === read.singular))
            say(`Only the last part of a path may be a singular, unlike ${segment}.`);
        });
        for (const [method, verbs] of Object.entries(usual)) {
          if (item[method] === undefined) continue;
          const { operationId = '', summary = '' } = item[method];
          const named = method === 'post' && !isCollection(last) ? [last] : verbs;
          const allowed = own && method === 'put' ? anyVerb : named;
          const noun = own && method !== 'put' ? 'My([A-Z][a-z]+)+' : '([A-Z][a-z]+)+';
          const verb = new RegExp(`^(${allowed.join('|')})${noun}$`).exec(operationId)?.[1];
          if (verb === undefined) {
            const expected = own ? 'My and a noun' : 'a noun';
            say(
              `The operationId of ${method.toUpperCase()} ${path} must be ${allowed.join(' or ')} and ${expected}.`,
              location.child([method, 'operationId']),
            );
          } else if (summary.split(' ')[0].toLowerCase() !== verb) {
            say(
              `The summary of ${operationId} must start with its verb, ${verb}.`,
              location.child([method, 'summary']),
            );
          }
        }
        if (!isCollection(last) && !own && ['put', 'patch', 'delete'].some((method) => item[method]))
          say(`${last} is a singular, so it cannot have put, patch or delete.`);
      },
    },
  };
}

/**
 * Who may call an operation follows from its path. Writing needs the organizer role, except for what each caller has one of, and for
 * collections in which each caller has items of their own (`x-belongs-to: caller`). Reading needs none, except for collections inside
 * of an item: they hold other people's data, and belong to the organizer of the item.
 */
function rolesFollowFromPaths() {
  return {
    Paths: {
      PathItem(item, { report, location, key: path }) {
        const read = readPath(path);
        const { 'x-belongs-to': owner } = item;
        const isCallers = owner === 'caller';
        if (owner !== undefined && (!isCallers || read.isNested))
          report({ message: 'x-belongs-to must be caller, and no other resource can precede it.', location });
        for (const method of ['get', 'put', 'post', 'patch', 'delete']) {
          const operation = item[method];
          if (operation === undefined || operation.security?.length === 0) continue;
          const needed = method === 'get' ? read.isNested : !isOwn(read, item) && !isCallers;
          if (needed === (operation['x-required-role'] !== undefined)) continue;
          report({
            message: `${method.toUpperCase()} ${path} must ${needed ? '' : 'not '}have x-required-role.`,
            location: location.child(method),
          });
        }
      },
    },
  };
}

/**
 * A nullable schema is `anyOf` of a schema with a type and `type: 'null'`, or has a list of types. For any other union, the server would
 * report one error for each alternative instead of one per place.
 */
function nullIsOneOfTwo() {
  const seesNull = ['allOf', 'anyOf', 'not', 'if'];
  return {
    Schema(schema, { report, location, resolve }) {
      const union = schema.anyOf ?? schema.oneOf;
      const isNull = ({ type }) => type === 'null';
      if (!Array.isArray(union) || !union.some(isNull)) return;
      const other = resolve(union[0]).node ?? {};
      const fits =
        schema.anyOf?.length === 2 &&
        isNull(union[1]) &&
        other.type !== undefined &&
        other.type !== 'null' &&
        seesNull.every((keyword) => other[keyword] === undefined) &&
        (other.oneOf === undefined || other.discriminator !== undefined);
      if (!fits)
        report({ message: "A nullable schema must be anyOf of a schema with a type, and type: 'null'.", location });
    },
  };
}

/** The types of handlers and clients are derived from the codes per operation and status, so each must list its own. */
function problemsNarrowTheirCode() {
  return {
    MediaType(mediaType, { report, location, key }) {
      if (key !== PROBLEM) return;
      const [problem, narrowed, ...more] = mediaType.schema?.allOf ?? [];
      const { enum: several, const: only } = narrowed?.properties?.code ?? {};
      const codes = several ?? (only === undefined ? undefined : [only]);
      const fits =
        problem?.$ref === PROBLEM_SCHEMA &&
        more.length === 0 &&
        narrowed?.required?.includes('code') === true &&
        Array.isArray(codes) &&
        codes.length > 0;
      if (!fits) {
        report({
          message: 'A problem must be allOf Problem and an object whose required code has an enum or a const.',
          location,
        });
      } else if (codes.join() !== [...new Set(codes)].sort().join()) {
        report({ message: 'The codes must be sorted and unique.', location });
      }
    },
  };
}

/** The server and the documentation take the texts of problems from the contract, so every code must have them. */
function problemsHaveTexts() {
  return {
    Root(root, { report, location }) {
      const texts = root['x-problems'] ?? {};
      const codes = root.components?.schemas?.ProblemCode?.enum ?? [];
      if (Object.keys(texts).join() !== codes.join()) {
        report({
          message: 'x-problems must have the codes of ProblemCode, in the same order.',
          location: location.child('x-problems'),
        });
      }
      for (const [code, { title, detail, remedy, ...more }] of Object.entries(texts)) {
        const sentences = [detail, remedy].every((text) => /^[A-Z].*\.$/.test(text ?? ''));
        if (!sentences || !/^[A-Z].*[^.]$/.test(title ?? '') || Object.keys(more).length > 0) {
          const message = 'A problem must have a title, and the sentences detail and remedy.';
          report({ message, location: location.child(['x-problems', code]) });
        }
      }
    },
    NamedSchemas: {
      Schema(schema, { report, location }) {
        const described = schema['x-enumDescriptions'];
        if (described !== undefined && Object.keys(described).join() !== schema.enum?.join()) {
          report({ message: 'x-enumDescriptions must describe each value of enum, in the same order.', location });
        }
      },
    },
  };
}

/** Next to a `$ref`, only prose is allowed. Limits would apply as well (OpenAPI 3.1), but generators and readers overlook them. */
function referencesChangeNoRules() {
  return {
    ref(node, { report, location }) {
      const others = Object.keys(node).filter((key) => !['$ref', 'description', 'summary'].includes(key));
      if (others.length > 0) report({ message: `Not allowed next to a $ref: ${others.join(', ')}.`, location });
    },
  };
}

/** What the lines of a text must not contain, as part of a character class: see docs/decisions/0083-text-for-people.md. */
const notInTexts = {
  'single-line': String.raw`\x00-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069`,
  'multi-line': String.raw`\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069`,
};

/**
 * The part of `x-text` that JSON Schema can express: no control characters, and as many characters as required between the first and
 * the last that is not whitespace. Each step excludes the characters of the next one, so that no text takes long to match.
 */
export function textPattern(kind, minLength = 0) {
  const any = `[^${notInTexts[kind]}]`;
  const ink = String.raw`[^\s${notInTexts[kind]}]`;
  if (minLength === 0) return `^${any}*$`;
  if (minLength === 1) return String.raw`^\s*${ink}${any}*$`;
  const space = String.raw`[^\S${notInTexts[kind]}]`;
  const between = { 2: '', 3: any }[minLength] ?? `${any}{${minLength - 2}}`;
  return String.raw`^\s*${ink}${between}${space}*${ink}${any}*$`;
}

/**
 * The server brings strings of requests into their normal form as `x-text` says, and explains others with `x-expected`. A string
 * without either would be stored as sent: with invisible characters, or as one of several spellings.
 */
function requestStringsHaveAForm() {
  const seen = new Set();
  // Not a nested visitor: Redocly would call it for the outermost schemas only.
  const visit = (found, { report, location, resolve }) => {
    const { node: schema, location: target } = resolve(found);
    if (schema === undefined || seen.has(schema)) return;
    seen.add(schema);
    const at = found.$ref === undefined ? location : target;
    for (const message of formErrors(schema)) report({ message, location: at });
    const below = (part, keys) => visit(part, { report, location: at.child(keys), resolve });
    for (const [name, member] of Object.entries(schema.properties ?? {})) below(member, ['properties', name]);
    for (const keyword of ['allOf', 'anyOf', 'oneOf'])
      for (const [index, part] of (schema[keyword] ?? []).entries()) {
        below(part, [keyword, index]);
        if (keyword === 'allOf' && isNormalized(resolve(part).node)) report({ message: notNormalized, location: at });
      }
    for (const keyword of ['items', 'additionalProperties', 'propertyNames'])
      if (typeof schema[keyword] === 'object') below(schema[keyword], [keyword]);
  };
  const isNormalized = (schema) => ![undefined, 'opaque'].includes(schema?.['x-text']);
  const notNormalized =
    'Strings are normalized in bodies and queries only, and not in allOf: x-text must be opaque or absent.';
  return {
    Paths: {
      RequestBody({ content }, { report, location, resolve }) {
        for (const [type, { schema }] of Object.entries(content))
          visit(schema, { report, location: location.child(['content', type, 'schema']), resolve });
      },
      Parameter({ in: place, schema }, { report, location, resolve }) {
        visit(schema, { report, location: location.child('schema'), resolve });
        if (place !== 'query' && isNormalized(resolve(schema).node)) report({ message: notNormalized, location });
      },
    },
  };
}

/** What is wrong with the form of a schema, if it is one of strings that are not listed. */
function formErrors({ type, enum: values, const: only, ...schema }) {
  const { 'x-text': kind, 'x-expected': expected, pattern, format, example, minLength } = schema;
  if (![type].flat().includes('string') || values !== undefined || only !== undefined) return [];
  const ifNot = (fits, message) => (fits ? [] : [message]);
  const without = (...others) => others.every((one) => one === undefined);
  if (kind in notInTexts) {
    const right = textPattern(kind, minLength);
    return [
      ...ifNot(pattern === right, `A ${kind} text of this minLength must have the pattern ${right}.`),
      ...ifNot(without(format, expected), `A ${kind} text must have neither a format nor x-expected.`),
    ];
  }
  if (kind === 'opaque')
    return ifNot(
      without(pattern, format, expected),
      'A string with x-text: opaque must have no pattern, no format and no x-expected.',
    );
  if (![undefined, 'url'].includes(kind)) return ['x-text must be single-line, multi-line, url or opaque.'];
  if (without(kind, pattern, format))
    return ['A string of a request must have x-text, or a pattern or format with x-expected.'];
  const isUrl = kind === 'url' && format === 'uri' && pattern === '^https://[^/?#]';
  return [
    ...ifNot(
      isUrl || (kind === undefined && format !== 'uri'),
      'A URL must have x-text: url, format: uri and the pattern ^https://[^/?#].',
    ),
    ...ifNot(
      expected?.endsWith(`, such as ${example}`),
      'x-expected must complete "must be …", and end with ", such as" and the example.',
    ),
  ];
}

/** Every response of the API has the request id, its own or that of the gateway. Responses to webhooks come from clients. */
function responsesNameTheirRequest() {
  return {
    Paths: {
      Response(response, { report, location }) {
        const name = response['x-made-by'] === 'gateway' ? 'Apigw-Requestid' : 'X-Request-Id';
        if (response.headers?.[name] === undefined)
          report({ message: `A response must have the header ${name}.`, location });
      },
    },
  };
}

/** Requests and responses are limited in size, and have no undocumented fields. */
function schemasAreBounded() {
  return {
    Schema(schema, { report, location, parent }) {
      const need = (name) => {
        if (schema[name] === undefined)
          report({ message: `A schema of type ${types.join(' or ')} must have ${name}.`, location });
      };
      const types = [schema.type ?? []].flat();
      const isListed = schema.enum !== undefined || schema.const !== undefined;
      if (types.includes('string') && !isListed) need('maxLength');
      if (types.includes('array')) need('maxItems');
      if ((types.includes('integer') || types.includes('number')) && !isListed && schema.exclusiveMinimum === undefined)
        need('minimum');
      // The branches of a union and the parts of an allOf are closed elsewhere.
      const isPart = Array.isArray(parent);
      if (types.includes('object') && schema.oneOf === undefined && !isPart) need('additionalProperties');
    },
  };
}

/** With a limit that is missing or 0, the gateway rejects every request. */
function throttlesArePositive() {
  const kinds = ['secured', 'open', 'unrouted', 'preflight'];
  const isLimit = (value) => Number.isInteger(value) && value > 0;
  const check = (throttle, { report, location }) => {
    const { rate, burst, ...others } = throttle ?? {};
    if (isLimit(rate) && isLimit(burst) && burst >= rate && Object.keys(others).length === 0) return;
    report({
      message: 'A throttle must have a rate and a burst: whole numbers above 0, the burst not less than the rate.',
      location,
    });
  };
  return {
    Root(root, { report, location }) {
      const throttles = root['x-throttles'] ?? {};
      const at = location.child('x-throttles');
      if (Object.keys(throttles).join() !== kinds.join())
        report({ message: `x-throttles must have ${kinds.join(', ')}.`, location: at });
      for (const kind of kinds) check(throttles[kind], { report, location: at.child(kind) });
    },
    Operation(operation, { report, location }) {
      if ('x-throttle' in operation) check(operation['x-throttle'], { report, location: location.child('x-throttle') });
    },
  };
}

/**
 * Who may call an operation is written in one way: the document's `security`, `[]` if no token is read, or the document's and `{}` if a
 * token is optional, to read something. The gateway lets calls without a token through to the server, so the latter has a throttle of its own, and its 401
 * is for invalid tokens.
 */
function tokensAreRequiredUnlessOpen() {
  let required = '';
  return {
    Root(root) {
      required = JSON.stringify(root.security ?? []);
    },
    Paths: {
      Operation(operation, { report, location }) {
        const { security } = operation;
        if (security === undefined || security.length === 0) return;
        const optional = JSON.stringify([...JSON.parse(required), {}]);
        const say = (message) => report({ message, location: location.child('security') });
        if (JSON.stringify(security) !== optional) say(`security must be absent, [] or ${optional}.`);
        if (!location.pointer.endsWith('/get')) say('A token can be optional for get only.');
        if (operation['x-throttle'] === undefined) say('With an optional token, an operation must have an x-throttle.');
        if (operation['x-required-role'] !== undefined) say('With an optional token, no role can be required.');
        if (operation.responses?.['401'] === undefined) say('With an optional token, an operation must list 401.');
      },
    },
  };
}

/** What is written to an event, and below it, can be tried: with the parameter dryRun, and a header that tells the response of a dry run. */
function writesHaveDryRuns() {
  return {
    Paths: {
      PathItem(item, { report, location, resolve, key: path }) {
        for (const method of ['get', 'put', 'post', 'patch', 'delete']) {
          const operation = item[method];
          if (operation === undefined) continue;
          const needed = method !== 'get' && path.split('/')[1] === 'events';
          const at = location.child(method);
          const say = (what, has) => {
            if (needed !== has)
              report({
                message: `${method.toUpperCase()} ${path} must ${needed ? '' : 'not '}have ${what}.`,
                location: at,
              });
          };
          say(
            'the parameter dryRun',
            (operation.parameters ?? []).some((one) => resolve(one).node?.name === 'dryRun'),
          );
          for (const [status, response] of Object.entries(operation.responses ?? {}))
            if (/^2/.test(status))
              say('the header Dry-Run', resolve(response).node?.headers?.['Dry-Run'] !== undefined);
        }
      },
    },
  };
}
