// Asks the API, as the session whose cookie the browser has or with the key that was typed in. It
// knows nothing of the page.

// Gone with the page: nothing that a browser stores is a place for it.
let typed;

export const key = {
  isKept: () => typed !== undefined,
  keep: value => { typed = value; },
  forget: () => { typed = undefined; },
};

// The session's token: no page of another site can say it, though it can make the browser send the
// cookie.
let csrfToken;

export const session = {
  begin: told => { csrfToken = told.csrf_token; },
  forget: () => { csrfToken = undefined; },
};

// A no of the API; what it says is for people.
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? `The node answered ${status}.`);
    this.status = status;
    this.code = body.code;
    // With `version_conflict`, where it is known: what has changed since.
    this.changes = body.changes ?? [];
  }
}

// Nobody answered: the node is away, or the way to it is.
export class NoAnswer extends Error {}

// Keys of requests that have no definite answer yet, by what they ask for: whoever asks for the same
// again after an answer was lost gets that answer, and it has one effect.
const unanswered = new Map();

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

function address(template, values, query) {
  const path = template.replace(/{(\w+)}/g, (_, name) => encodeURIComponent(values[name]));
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

async function problem(response) {
  try {
    return new Problem(response.status, await response.json());
  } catch {
    return new Problem(response.status, {});
  }
}

async function answer(path, request) {
  try {
    return await fetch(path, request);
  } catch {
    throw new NoAnswer();
  }
}

// The key that was typed in, and no cookie; or the cookie.
function whoAsks() {
  return key.isKept()
    ? {credentials: 'omit', own: {Authorization: `Bearer ${typed}`}}
    : {credentials: 'same-origin', own: {'X-CSRF-Token': csrfToken}};
}

async function send(method, path, headers, body) {
  const {credentials, own} = whoAsks();
  const given = Object.entries({...own, ...headers}).filter(([, value]) => value !== undefined);
  const response = await answer(path, {
    method,
    credentials,
    cache: 'no-store',
    headers: Object.fromEntries(given),
    body,
  });
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

// What a route answers to a question.
export async function look(route, {values = {}, query = {}, accept = 'application/json'} = {}) {
  const [method, template] = route.split(' ');
  return send(method, address(template, values, query), {Accept: accept});
}

// Sends something that has one effect, however often it is sent until there is an answer.
async function sendOnce(asked, method, path, headers, body) {
  const idempotencyKey = unanswered.get(asked) ?? randomKey();
  unanswered.set(asked, idempotencyKey);
  try {
    const once = {...headers, 'Idempotency-Key': idempotencyKey};
    const changed = await (await send(method, path, once, body)).json();
    unanswered.delete(asked);
    return changed;
  } catch (no) {
    if (no instanceof Problem && no.status < 500) {
      unanswered.delete(asked);
    }
    throw no;
  }
}

// What it answers to a change. A version is that of what was seen: another one is refused.
export async function change(route, {values = {}, body, version}) {
  const [method, template] = route.split(' ');
  const path = address(template, values, {});
  const text = JSON.stringify(body);
  const headers = {
    'Content-Type': 'application/json',
    'If-Match': version === undefined ? undefined : `"${version}"`,
  };
  return sendOnce(JSON.stringify([route, path, text, version]), method, path, headers, text);
}

// What it answers to a file, which the browser reads as it sends it.
export async function upload(route, {query, file, type}) {
  const [method, template] = route.split(' ');
  const path = address(template, {}, query);
  const asked = JSON.stringify([route, path, file.name, file.size, file.lastModified]);
  return sendOnce(asked, method, path, {'Content-Type': type}, file);
}

// Begins or ends something of one's own, which is done at most once without an idempotency key, or
// sends a secret, which is kept with none.
export async function ask(route, {values = {}, body, version} = {}) {
  const [method, template] = route.split(' ');
  const headers = {
    'Content-Type': body === undefined ? undefined : 'application/json',
    'If-Match': version === undefined ? undefined : `"${version}"`,
  };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await send(method, address(template, values, {}), headers, text);
  return response.status === 204 ? null : response.json();
}
