/** The conventions of the contract that Redocly's assertions cannot say. */
export default function conventions() {
  return {
    id: 'conventions',
    rules: {
      oas3: {
        'deprecations-are-dated': deprecationsAreDated,
        'gateway-answers-are-marked': gatewayAnswersAreMarked,
        'lists-are-paged': listsArePaged,
        'names-follow-from-paths': namesFollowFromPaths,
        'null-is-one-of-two': nullIsOneOfTwo,
        'problems-have-words': problemsHaveWords,
        'problems-narrow-their-code': problemsNarrowTheirCode,
        'references-change-no-rules': referencesChangeNoRules,
        'responses-name-their-request': responsesNameTheirRequest,
        'schemas-are-bounded': schemasAreBounded,
        'throttles-let-calls-through': throttlesLetCallsThrough,
      },
    },
  };
}

const PROBLEM = 'application/problem+json';
const PROBLEM_SCHEMA = '#/components/schemas/Problem';
const GATEWAY_SCHEMA = '#/components/schemas/GatewayError';

/** Without its day the header Deprecation cannot be sent (RFC 9745), and nothing goes before it is deprecated (RFC 9745, section 4). */
function deprecationsAreDated() {
  const isDay = (value) => typeof value === 'string' && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;
  const check = (node, { report, location }) => {
    const { deprecated, 'x-deprecated-since': since, 'x-sunset': sunset } = node;
    if (deprecated === true && !isDay(since)) {
      report({
        message: 'What is deprecated says since when: x-deprecated-since is a day, such as "2030-01-31".',
        location,
      });
    }
    if (deprecated !== true && (since ?? sunset) !== undefined) {
      report({ message: 'x-deprecated-since and x-sunset stand with deprecated: true, and only there.', location });
    }
    if (sunset !== undefined && !(isDay(sunset) && sunset >= since)) {
      report({ message: 'x-sunset is a day, such as "2030-12-31", and not before x-deprecated-since.', location });
    }
  };
  return { Operation: check, Parameter: check, Schema: check };
}

/** What the function does not answer itself has the gateway's form only, and says which code it stands for. */
function gatewayAnswersAreMarked() {
  return {
    Paths: {
      Response(response, { report, location, key }) {
        const marked = response['x-made-by'] === 'gateway';
        const types = Object.keys(response.content ?? {});
        const say = (message) => report({ message, location });

        if (response['x-made-by'] !== undefined && !marked) say('x-made-by is gateway, or absent.');
        if (marked !== (response['x-problem-code'] !== undefined)) {
          say('x-problem-code stands with x-made-by: gateway, and only there.');
        }
        if (marked && types.join() !== 'application/json') say("The gateway's answers are application/json only.");
        if (marked && response.headers?.['Apigw-Requestid'] === undefined)
          say("The gateway's answers have Apigw-Requestid.");
        if (/^[45]/.test(key)) {
          if (!marked && !types.includes(PROBLEM)) say(`An error is ${PROBLEM}, unless x-made-by says otherwise.`);
          const json = response.content?.['application/json'];
          if (json !== undefined && json.schema?.$ref !== GATEWAY_SCHEMA) {
            say(`An error that is application/json is a ${GATEWAY_SCHEMA}.`);
          }
        }
      },
    },
  };
}

/** Whatever lists can be cut into pages, and its pages into items. */
function listsArePaged() {
  return {
    Operation(operation, { report, location, resolve }) {
      if (!/^list[A-Z]/.test(operation.operationId ?? '')) return;
      const names = (operation.parameters ?? []).map((parameter) => resolve(parameter).node?.name);
      for (const name of ['limit', 'cursor']) {
        if (!names.includes(name)) report({ message: `A list takes the parameter ${name}.`, location });
      }
      const page = resolve(
        resolve(operation.responses?.['200'] ?? {}).node?.content?.['application/json']?.schema ?? {},
      ).node;
      for (const name of ['items', 'nextCursor']) {
        if (page?.properties?.[name] === undefined) report({ message: `A page of a list has ${name}.`, location });
      }
      if (page?.required?.join() !== 'items') report({ message: 'A page requires items, and nothing else.', location });
    },
  };
}

/**
 * An operationId is a verb and a noun. The verb is that of the method, or the last part of the path where it is no collection:
 * `POST /events/{eventId}/cancel` is cancelEvent. Whatever else is no collection can only be read: `GET /health` is getHealth.
 */
function namesFollowFromPaths() {
  const usual = { get: ['get', 'list'], put: ['replace'], post: ['create'], patch: ['update'], delete: ['delete'] };
  const isCollection = (segment) => segment.startsWith('{') || segment.endsWith('s');
  return {
    Paths: {
      PathItem(item, { report, location, key: path }) {
        const segments = path.split('/').slice(1);
        const last = segments.at(-1);
        const say = (message, at = location.key()) => report({ message, location: at });
        for (const segment of segments)
          if (!/^(\{\w+\}|[a-z]+(-[a-z]+)*)$/.test(segment)) say(`${segment} is not kebab-case.`);
        for (const segment of segments.slice(0, -1))
          if (!isCollection(segment)) say(`Only the last part of a path may be no plural, unlike ${segment}.`);
        for (const [method, verbs] of Object.entries(usual)) {
          if (item[method] === undefined) continue;
          const allowed = method === 'post' && !isCollection(last) ? [last] : verbs;
          if (new RegExp(`^(${allowed.join('|')})([A-Z][a-z]+)+$`).test(item[method].operationId ?? '')) continue;
          say(
            `${method.toUpperCase()} ${path} is called ${allowed.join(' or ')} and a noun.`,
            location.child([method, 'operationId']),
          );
        }
        if (!isCollection(last) && ['put', 'patch', 'delete'].some((method) => item[method]))
          say(`${last} is no plural, so it cannot be changed.`);
      },
    },
  };
}

/**
 * What may be null is `anyOf` of a schema with a type and `type: 'null'`, or has a list of types. Of any other union the server would report
 * an error for each alternative, where it reports one per place.
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
      if (!fits) report({ message: "What may be null is anyOf of a schema with a type, and type: 'null'.", location });
    },
  };
}

/** Types of handlers and clients follow from the codes of one operation and status, so each has a list of its own. */
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
          message: 'A problem is allOf Problem and an object whose required code has an enum or a const.',
          location,
        });
      } else if (codes.join() !== [...new Set(codes)].sort().join()) {
        report({ message: 'The codes are sorted, and none stands twice.', location });
      }
    },
  };
}

/** The server's problems and the documentation take their words from here: each code has them, and nothing else does. */
function problemsHaveWords() {
  return {
    Root(root, { report, location }) {
      const words = root['x-problems'] ?? {};
      const codes = root.components?.schemas?.ProblemCode?.enum ?? [];
      if (Object.keys(words).join() !== codes.join()) {
        report({
          message: 'x-problems has the codes of ProblemCode, in their order.',
          location: location.child('x-problems'),
        });
      }
      for (const [code, { title, detail, remedy, ...more }] of Object.entries(words)) {
        const sentences = [detail, remedy].every((text) => /^[A-Z].*\.$/.test(text ?? ''));
        if (!sentences || !/^[A-Z].*[^.]$/.test(title ?? '') || Object.keys(more).length > 0) {
          const message = 'A problem has a title, and the sentences detail and remedy.';
          report({ message, location: location.child(['x-problems', code]) });
        }
      }
    },
    NamedSchemas: {
      Schema(schema, { report, location }) {
        const described = schema['x-enumDescriptions'];
        if (described !== undefined && Object.keys(described).join() !== schema.enum?.join()) {
          report({ message: 'x-enumDescriptions describes each value of enum, in its order.', location });
        }
      },
    },
  };
}

/** Beside a `$ref` is prose at most. Limits beside it would hold too (OpenAPI 3.1), but generators and readers overlook them. */
function referencesChangeNoRules() {
  return {
    ref(node, { report, location }) {
      const others = Object.keys(node).filter((key) => !['$ref', 'description', 'summary'].includes(key));
      if (others.length > 0) report({ message: `Beside a $ref is no ${others.join(', ')}.`, location });
    },
  };
}

/** Every response of the API has the id of its request, or that of the gateway. The responses to webhooks are made by others. */
function responsesNameTheirRequest() {
  return {
    Paths: {
      Response(response, { report, location }) {
        const name = response['x-made-by'] === 'gateway' ? 'Apigw-Requestid' : 'X-Request-Id';
        if (response.headers?.[name] === undefined) report({ message: `A response has the header ${name}.`, location });
      },
    },
  };
}

/** Nothing that a client can send, or be sent, grows without an end or has members that nobody described. */
function schemasAreBounded() {
  return {
    Schema(schema, { report, location, parent }) {
      const need = (name) => {
        if (schema[name] === undefined)
          report({ message: `A schema of type ${types.join(' or ')} has ${name}.`, location });
      };
      const types = [schema.type ?? []].flat();
      const isListed = schema.enum !== undefined || schema.const !== undefined;
      if (types.includes('string') && !isListed) need('maxLength');
      if (types.includes('array')) need('maxItems');
      if ((types.includes('integer') || types.includes('number')) && !isListed && schema.exclusiveMinimum === undefined)
        need('minimum');
      // A union is closed by its branches, a part of an allOf by the part that lists the members.
      const isPart = Array.isArray(parent);
      if (types.includes('object') && schema.oneOf === undefined && !isPart) need('additionalProperties');
    },
  };
}

/** A limit that is missing, or 0, makes the gateway refuse every call. */
function throttlesLetCallsThrough() {
  const kinds = ['secured', 'open', 'unrouted'];
  const isLimit = (value) => Number.isInteger(value) && value > 0;
  const check = (throttle, { report, location }) => {
    const { rate, burst, ...others } = throttle ?? {};
    if (isLimit(rate) && isLimit(burst) && burst >= rate && Object.keys(others).length === 0) return;
    report({
      message: 'A throttle is a rate and a burst: whole numbers above 0, the burst not below the rate.',
      location,
    });
  };
  return {
    Root(root, { report, location }) {
      const throttles = root['x-throttles'] ?? {};
      const at = location.child('x-throttles');
      if (Object.keys(throttles).join() !== kinds.join())
        report({ message: `x-throttles has ${kinds.join(', ')}.`, location: at });
      for (const kind of kinds) check(throttles[kind], { report, location: at.child(kind) });
    },
    Operation(operation, { report, location }) {
      if ('x-throttle' in operation) check(operation['x-throttle'], { report, location: location.child('x-throttle') });
    },
  };
}
