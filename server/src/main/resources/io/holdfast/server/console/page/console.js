import {key, look} from './api.js';
import * as audit from './audit.js';
import * as choices from './choices.js';
import {at, attempt, onLocked, onSubmit, say} from './dom.js';
import * as history from './history.js';
import {PING} from './routes.js';
import * as trail from './trail.js';

function show(isOpen) {
  at('content').hidden = !isOpen;
  at('sections').hidden = !isOpen;
  at('forget').hidden = !isOpen;
  at('key-form').hidden = isOpen;
}

function lock(why) {
  key.forget();
  at('key-form').reset();
  show(false);
  say('key-said', why, why !== '');
  at('key').focus();
}

async function open() {
  await look(PING);
  say('key-said', '');
  show(true);
  await Promise.all([audit.open(), trail.open(), choices.open()]);
}

onLocked(why => lock(`The key is not taken: ${why}`));
onSubmit(at('key-form'), 'key-said', async form => {
  key.keep(form.elements.key.value.trim());
  await open();
  form.reset();
  at('audit-heading').focus();
});
// A load of the page is the surest way to forget what was shown with the key.
at('forget').addEventListener('click', () => {
  key.forget();
  location.reload();
});
at('plain-http').hidden = window.isSecureContext;
audit.start(history.explain);
trail.start();
history.start();
choices.start();

if (key.isKept()) {
  await attempt(null, 'key-said', open);
}
if (at('content').hidden) {
  show(false);
}
