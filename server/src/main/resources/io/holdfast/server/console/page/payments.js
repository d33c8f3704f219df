// Payments at a provider: where orders are paid, and what was paid of one. Secrets are sent and never
// shown again; those that are left empty stay.

import {Problem, ask, look} from './api.js';
import {at, attempt, element, head, moment, onSubmit, row, say} from './dom.js';
import * as money from './money.js';
import {PAYMENTS, PAYMENT_SETTINGS, SET_PAYMENT_SETTINGS} from './routes.js';

const COLUMNS = ['Begun', 'State', 'Amount', 'At the provider', 'Refunds'];
const AWAITED = 'Its answer is awaited';
const STATES = {
  begun: AWAITED,
  pending: 'Waits for the buyer',
  authorized: AWAITED,
  confirmed: AWAITED,
  cancelling: AWAITED,
  captured: 'Charged',
  cancelled: 'Not charged',
  declined: 'Declined',
  failed: 'Failed',
};
const REFUNDS = {begun: 'on its way', made: 'made', failed: 'failed'};
const SECRETS = ['secret_key', 'webhook_secret'];

let version;

// Whose payments are shown.
let shown = null;

const words = code => code.replaceAll('_', ' ');

function refund({amount, state, fault}, currency) {
  const text = `${money.shown({amount, currency})} ${REFUNDS[state]}${fault ? `: ${words(fault)}` : ''}`;
  return element('li', {}, text);
}

function paymentRow(payment) {
  const {amount, currency, fault, refunds} = payment;
  return row(COLUMNS, [
    moment(payment.begun_at),
    fault ? `${STATES[payment.state]}: ${words(fault)}` : STATES[payment.state],
    money.shown({amount, currency}),
    payment.intent ?? '–',
    refunds.length > 0
      ? element('ul', {class: 'members'}, ...refunds.map(each => refund(each, currency)))
      : '–',
  ]);
}

// Nothing where nobody has tried to pay at the provider.
export async function show(order) {
  shown = order.id;
  at('order-payments-table').hidden = true;
  const {payments} = await (await look(PAYMENTS, {values: {id: order.id}})).json();
  if (shown !== order.id) {
    return;
  }
  at('order-payments-head').replaceChildren(head(COLUMNS));
  at('order-payments').replaceChildren(...payments.map(paymentRow));
  at('order-payments-table').hidden = payments.length === 0;
}

function showSettings(settings) {
  const {elements} = at('payments-form');
  version = settings.version;
  elements.provider.value = settings.provider;
  elements.late_payment.value = settings.late_payment;
  SECRETS.forEach(name => {
    elements[name].value = '';
    elements[name].placeholder = settings[name].is_set ? `stays the one that ends with ${settings[name].last}` : 'none';
  });
}

const load = async () => showSettings(await (await look(PAYMENT_SETTINGS)).json());

function wanted({elements}) {
  const given = SECRETS.filter(name => elements[name].value.trim() !== '');
  return {
    provider: elements.provider.value,
    late_payment: elements.late_payment.value,
    ...Object.fromEntries(given.map(name => [name, elements[name].value.trim()])),
  };
}

async function choose(form) {
  try {
    showSettings(await ask(SET_PAYMENT_SETTINGS, {body: wanted(form), version}));
    say('payments-said', 'It is chosen, for all payments from now on.');
  } catch (no) {
    if (no instanceof Problem && no.code === 'version_conflict') {
      await load();
      say('payments-said', `${no.message}. What is chosen now is shown; nothing of yours took effect.`, true);
      return;
    }
    throw no;
  }
}

export function start() {
  onSubmit(at('payments-form'), 'payments-said', choose);
}

export function open(permissions) {
  at('payments-choose').hidden = !permissions.includes('manage_payments');
  return attempt(null, 'payments-said', load);
}
