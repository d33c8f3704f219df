// What the tenant has chosen, each kind in a form of its own. A choice is changed only if it is still
// the one that was shown.

import {change, look, Problem} from './api.js';
import {at, attempt, moment, number, onSubmit, say} from './dom.js';
import * as payments from './payments.js';
import {
  EVENT_SETTINGS, ORDER_NUMBERS, POLICY, RETENTION, SET_EVENT_SETTINGS, SET_ORDER_NUMBERS, SET_POLICY, SET_RETENTION,
} from './routes.js';

const DAYS = ['keys_days', 'reservations_days', 'movements_days'];

const versions = {};

// Left out where the field is empty.
function whole(form, name) {
  const text = form.elements[name].value;
  return text === '' ? {} : {[name]: Number(text)};
}

function showPolicy(policy) {
  const {elements} = at('policy-form');
  versions.policy = policy.version;
  elements.expired_commit.value = policy.expired_commit;
  elements.held_reservations_max.value = policy.held_reservations_max ?? '';
}

function showRetention(retention) {
  const {elements} = at('retention-form');
  versions.retention = retention.version;
  DAYS.forEach(name => elements[name].value = retention[name] ?? '');
  const {keys, reservations, movements} = retention.archived;
  at('archived').replaceChildren(
    `In the archive are ${number(keys)} keys, ${number(reservations)} reservations and `
    + `${number(movements)} movements`,
    ...(retention.completed_at ? [', as of ', moment(retention.completed_at)] : []), '.');
}

function showNumbers(numbers) {
  versions.numbers = numbers.version;
  at('numbers-form').elements.pattern.value = numbers.pattern;
  at('numbers-form').elements.gapless.checked = numbers.gapless;
  at('numbers-last').textContent = numbers.last === 0
    ? 'No order was placed yet.'
    : `${number(numbers.last)} was the last one. A new pattern goes on counting.`;
}

function showEvents(settings) {
  versions.events = settings.version;
  at('told-form').elements.stock.checked = settings.stock;
  at('told-form').elements.keep_days.value = settings.keep_days;
}

const loadPolicy = async () => showPolicy(await (await look(POLICY)).json());
const loadRetention = async () => showRetention(await (await look(RETENTION)).json());
const loadNumbers = async () => showNumbers(await (await look(ORDER_NUMBERS)).json());
const loadEvents = async () => showEvents(await (await look(EVENT_SETTINGS)).json());

async function choose(route, body, version, saidId, showChosen, load) {
  try {
    showChosen(await change(route, {body, version}));
    say(saidId, 'It is chosen, for all decisions from now on.');
  } catch (no) {
    if (no instanceof Problem && no.code === 'version_conflict') {
      await load();
      say(saidId, `${no.message}. What is chosen now is shown; nothing of yours took effect.`, true);
      return;
    }
    throw no;
  }
}

export function start() {
  onSubmit(at('policy-form'), 'policy-said', form => choose(SET_POLICY,
    {expired_commit: form.elements.expired_commit.value, ...whole(form, 'held_reservations_max')},
    versions.policy, 'policy-said', showPolicy, loadPolicy));
  onSubmit(at('retention-form'), 'retention-said', form => choose(SET_RETENTION,
    Object.assign({}, ...DAYS.map(name => whole(form, name))),
    versions.retention, 'retention-said', showRetention, loadRetention));
  onSubmit(at('numbers-form'), 'numbers-said', form => choose(SET_ORDER_NUMBERS,
    {pattern: form.elements.pattern.value.trim(), gapless: form.elements.gapless.checked},
    versions.numbers, 'numbers-said', showNumbers, loadNumbers));
  onSubmit(at('told-form'), 'told-said', form => choose(SET_EVENT_SETTINGS,
    {stock: form.elements.stock.checked, ...whole(form, 'keep_days')},
    versions.events, 'told-said', showEvents, loadEvents));
  payments.start();
}

export async function open(permissions) {
  await attempt(null, 'policy-said', loadPolicy);
  await attempt(null, 'retention-said', loadRetention);
  await attempt(null, 'numbers-said', loadNumbers);
  await attempt(null, 'told-said', loadEvents);
  await payments.open(permissions);
}
