// Webhooks: where events are sent to, how far each is, and what was not taken. A change is made only
// if the webhook is still as it was shown.

import {ask, change, look} from './api.js';
import {at, attempt, element, head, moment, number, onSubmit, row, say} from './dom.js';
import {
  CHANGE_WEBHOOK, CREATE_WEBHOOK, DELIVERIES, REMOVE_WEBHOOK, REPLAY_WEBHOOK, ROTATE_WEBHOOK, WEBHOOKS,
} from './routes.js';

const COLUMNS = ['Webhook', 'Address', 'State', 'Sent up to', 'Waiting', 'Dead', 'What to do'];
const LETTERS = ['Position', 'What', 'Of', 'State', 'Attempts', 'Last answer', 'Next attempt'];
const PAGE = 50;

let mayManage = false;

// Whose deliveries are shown, and behind which position they go on.
let shown = {webhook: null, next: null};

// A secret is told once: it stays until the next one, or until the page is left.
function tell(secret, what) {
  at('webhook-secret').textContent = secret;
  at('webhook-secret-panel').hidden = false;
  say('webhooks-said', `${what} This is the only time that its secret is told.`);
}

function button(text, action) {
  const made = element('button', {type: 'button', class: 'plain'}, text);
  made.addEventListener('click', () => attempt(made, 'webhooks-said', action));
  return made;
}

const values = webhook => ({webhook: webhook.id});

async function toggle(webhook) {
  const {url, types, description, max_attempts} = webhook;
  const state = webhook.state === 'active' ? 'paused' : 'active';
  const body = {url, types, description, max_attempts, state};
  await change(CHANGE_WEBHOOK, {values: values(webhook), body, version: webhook.version});
  await load();
  say('webhooks-said', state === 'paused' ? 'Nothing is sent until it goes on.' : 'It goes on where it was.');
}

async function rotate(webhook) {
  const {secret} = await ask(ROTATE_WEBHOOK, {values: values(webhook), body: {}});
  await load();
  tell(secret, 'For a day the secret before signs, too.');
}

async function revive(webhook) {
  await change(REPLAY_WEBHOOK, {values: values(webhook), body: {dead: true}});
  await load();
  say('webhooks-said', 'What was given up is tried anew.');
}

async function remove(webhook) {
  await ask(REMOVE_WEBHOOK, {values: values(webhook)});
  at('deliveries-panel').hidden = true;
  await load();
  say('webhooks-said', 'It is gone, with what was waiting.');
}

function doings(webhook) {
  const look = button('What was not taken', () => showDeliveries(webhook));
  return mayManage
    ? [
      look,
      ' ', button(webhook.state === 'active' ? 'Pause' : 'Go on', () => toggle(webhook)),
      ' ', button('Another secret', () => rotate(webhook)),
      ...(webhook.dead > 0 ? [' ', button('Try dead ones anew', () => revive(webhook))] : []),
      ' ', button('Remove', () => remove(webhook)),
    ]
    : look;
}

function webhookRow(webhook) {
  return row(COLUMNS, [
    String(webhook.id),
    [
      webhook.url,
      element('ul', {class: 'members'},
        element('li', {class: 'note'}, webhook.types.join(', ')),
        ...(webhook.description ? [element('li', {class: 'note'}, webhook.description)] : [])),
    ],
    element('span', {class: 'whole'}, webhook.state === 'active' ? 'Active' : 'Paused'),
    webhook.missed > 0 ? `${webhook.position}; ${number(webhook.missed)} missed` : webhook.position,
    webhook.next_attempt_at
      ? [`${number(webhook.waiting)}, next `, moment(webhook.next_attempt_at)]
      : number(webhook.waiting),
    number(webhook.dead),
    doings(webhook),
  ]);
}

async function load() {
  const {webhooks} = await (await look(WEBHOOKS)).json();
  at('webhooks-head').replaceChildren(head(COLUMNS));
  at('webhooks-rows').replaceChildren(...webhooks.map(webhookRow));
  at('webhooks-table').hidden = webhooks.length === 0;
  say('webhooks-said', webhooks.length === 0 ? 'There is none.' : '');
}

function letterRow(letter) {
  return row(LETTERS, [
    letter.position,
    letter.type,
    letter.subject,
    letter.state === 'dead' ? 'Dead' : 'Waiting',
    number(letter.attempts),
    letter.last_status ? String(letter.last_status) : (letter.last_fault ?? '–').replaceAll('_', ' '),
    letter.next_attempt_at ? moment(letter.next_attempt_at) : '–',
  ]);
}

async function page() {
  const query = {limit: PAGE, after: shown.next};
  const answer = await (await look(DELIVERIES, {values: values(shown.webhook), query})).json();
  at('deliveries').append(...answer.deliveries.map(letterRow));
  shown.next = answer.next;
  at('more-deliveries').hidden = answer.next === null;
  return answer.deliveries.length;
}

async function showDeliveries(webhook) {
  shown = {webhook, next: null};
  at('deliveries-heading').textContent = `Webhook ${webhook.id}: what was not taken`;
  at('deliveries-head').replaceChildren(head(LETTERS));
  at('deliveries').replaceChildren();
  const found = await page();
  at('deliveries-table').hidden = found === 0;
  say('deliveries-said', found === 0 ? 'Everything was taken.' : 'The oldest is first.');
  at('deliveries-panel').hidden = false;
  at('deliveries-heading').focus();
}

async function create(form) {
  const {url, types, description} = form.elements;
  const wanted = types.value.split(',').map(type => type.trim()).filter(type => type !== '');
  const body = {
    url: url.value.trim(),
    ...(wanted.length > 0 ? {types: wanted} : {}),
    ...(description.value.trim() ? {description: description.value.trim()} : {}),
  };
  const made = await ask(CREATE_WEBHOOK, {body});
  form.reset();
  await load();
  tell(made.secret, `Webhook ${made.webhook.id} is there.`);
}

export function start() {
  onSubmit(at('webhook-form'), 'webhooks-said', create);
  at('look-webhooks').addEventListener('click', event => attempt(event.target, 'webhooks-said', load));
  at('more-deliveries').addEventListener('click', event => attempt(event.target, 'deliveries-said', page));
  at('hide-secret').addEventListener('click', () => {
    at('webhook-secret').textContent = '';
    at('webhook-secret-panel').hidden = true;
  });
}

export function open(permissions) {
  mayManage = permissions.includes('manage_webhooks');
  at('webhook-form').hidden = !mayManage;
  return attempt(null, 'webhooks-said', load);
}
