// Who is here, and one's own sessions: here, in other browsers, and those of programs.

import {NoAnswer, ask, key, look} from './api.js';
import {at, attempt, element, head, moment, row, say} from './dom.js';
import * as routes from './routes.js';

const COLUMNS = ['Since', 'Last used', 'From', 'Of', 'Until', 'What to do'];

let left = () => {};

function ender(one) {
  if (one.current) {
    return 'this one';
  }
  const button = element('button', {type: 'button'}, 'End');
  button.addEventListener('click', () => attempt(button, 'account-said', async () => {
    await ask(routes.END_SESSION, {values: {session: one.id}});
    await showSessions();
    say('account-said', 'It is over, on every node.');
  }));
  return button;
}

async function showSessions() {
  const {sessions} = await (await look(routes.SESSIONS)).json();
  at('sessions-rows').replaceChildren(...sessions.map(one => row(COLUMNS, [
    moment(one.started_at),
    moment(one.used_at),
    one.address,
    one.console ? 'a browser' : 'a program',
    moment(one.expires_at),
    ender(one),
  ])));
  at('end-others').hidden = sessions.every(one => one.current);
}

// Answers what they may do here.
export async function open() {
  const me = await (await look(routes.ACCOUNT)).json();
  const name = me.account ? `${me.account.name} (${me.account.username})` : me.actor;
  at('who').textContent = name;
  at('who-may').textContent = me.permissions.length === 0
    ? 'May do nothing here until an owner gives a role.'
    : `May: ${me.permissions.join(', ').replaceAll('_', ' ')}.`;
  at('sessions-panel').hidden = key.isKept();
  if (!key.isKept()) {
    at('sessions-head').replaceChildren(head(COLUMNS));
    await showSessions();
  }
  return me.permissions;
}

// Whoever leaves with a key has no session to end.
// Whatever was shown goes, also when nobody answers: the session then ends by itself.
async function leave() {
  try {
    if (!key.isKept()) {
      await ask(routes.LOGOUT);
    }
  } catch (no) {
    if (!(no instanceof NoAnswer)) {
      throw no;
    }
  }
  left();
}

export function start(onLeft) {
  left = onLeft;
  at('leave').addEventListener('click', () => attempt(at('leave'), 'account-said', leave));
  at('end-others').addEventListener('click', () => attempt(at('end-others'), 'account-said', async () => {
    await ask(routes.END_OTHERS);
    await showSessions();
    say('account-said', 'All others are over, on every node.');
  }));
  at('leave-all').addEventListener('click', () => attempt(at('leave-all'), 'account-said', async () => {
    await ask(routes.END_SESSIONS);
    left();
  }));
}
