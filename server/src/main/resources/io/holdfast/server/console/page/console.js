import * as account from './account.js';
import {Problem, ask, key, look, session} from './api.js';
import * as audit from './audit.js';
import * as catalogue from './catalogue.js';
import * as choices from './choices.js';
import {at, attempt, onLocked, onSubmit, say} from './dom.js';
import * as elsewhere from './elsewhere.js';
import * as events from './events.js';
import * as files from './files.js';
import * as history from './history.js';
import * as orders from './orders.js';
import {LOGIN, SESSION} from './routes.js';
import * as trail from './trail.js';
import * as webhooks from './webhooks.js';

function show(isOpen) {
  at('content').hidden = !isOpen;
  at('sections').hidden = !isOpen;
  at('leave').hidden = !isOpen;
  at('leave').textContent = key.isKept() ? 'Forget the key' : 'Log out';
  at('door').hidden = isOpen;
}

function lock(why) {
  const said = key.isKept() ? 'key-said' : 'login-said';
  key.forget();
  session.forget();
  at('key-form').reset();
  at('login-form').elements.password.value = '';
  show(false);
  say(said, why, true);
  at('tenant').focus();
}

// The sections and the permission that each needs to show anything.
const SECTIONS = [
  {id: 'catalogue', needs: 'read_catalog', open: catalogue.open},
  {id: 'orders-section', needs: 'read_reservations', open: orders.open},
  {id: 'events-section', needs: 'read_events', open: events.open},
  {id: 'webhooks-section', needs: 'read_webhooks', open: webhooks.open},
  {id: 'files', needs: 'export_files', open: files.open},
  {id: 'audit', needs: 'read_audit', open: audit.open},
  {id: 'trail', needs: 'read_audit', open: trail.open},
  {id: 'levels-history', needs: 'read_ledger', open: () => {}},
  {id: 'choices', needs: 'read_rules', open: choices.open},
];

async function open() {
  const permissions = await account.open();
  const seen = SECTIONS.filter(section => permissions.includes(section.needs));
  SECTIONS.forEach(section => {
    at(section.id).hidden = !seen.includes(section);
    at('sections').querySelector(`[href="#${section.id}"]`).hidden = !seen.includes(section);
  });
  show(true);
  await Promise.all(seen.map(section => section.open(permissions)));
}

// The browser may have the cookie of a session that goes on.
async function goOn() {
  try {
    session.begin(await (await look(SESSION)).json());
  } catch (no) {
    if (no instanceof Problem && (no.status === 401 || no.status === 404)) {
      return;
    }
    throw no;
  }
  await open();
}

onLocked(why => lock(key.isKept() ? `The key is not taken: ${why}` : 'The session is over: log in again.'));
onSubmit(at('login-form'), 'login-said', async form => {
  say('login-said', '');
  const {tenant, username, password} = form.elements;
  const body = {tenant: tenant.value.trim(), username: username.value, password: password.value};
  try {
    session.begin(await ask(LOGIN, {body}));
  } catch (no) {
    // Not the lock: nobody was in.
    if (no instanceof Problem && no.status === 401) {
      say('login-said', no.message, true);
      password.value = '';
      password.focus();
      return;
    }
    throw no;
  }
  await open();
  form.reset();
  at('account-heading').focus();
});
onSubmit(at('key-form'), 'key-said', async form => {
  say('key-said', '');
  key.keep(form.elements.key.value.trim());
  await open();
  form.reset();
  at('account-heading').focus();
});
// A load of the page is the surest way to forget what was shown.
account.start(() => {
  key.forget();
  session.forget();
  location.reload();
});
at('plain-http').hidden = window.isSecureContext;
audit.start(history.explain);
catalogue.start(history.explain);
orders.start();
events.start();
webhooks.start();
files.start();
trail.start();
history.start();
choices.start();
elsewhere.start();

await attempt(null, 'login-said', goOn);
if (at('content').hidden) {
  show(false);
}
