// Orders: which there are, one with all that may be done with it now, and placing one. A step is made
// only if the order is still as it was shown.

import {Problem, change, look} from './api.js';
import {at, attempt, element, head, moment, number, onSubmit, row, say} from './dom.js';
import * as money from './money.js';
import * as payments from './payments.js';
import {CANCEL_ORDER, FULFIL_ORDER, ORDER, ORDERS, PAY_ORDER, PLACE_ORDER, RETURN_ORDER} from './routes.js';

const COLUMNS = ['Number', 'State', 'Customer', 'Total', 'Placed', ''];
const LINES = ['Item', 'Name', 'Ordered', 'Price', 'Open', 'Fulfilled', 'Cancelled', 'Returned'];
const PAGE = 20;
const STATES = {
  placed: 'Placed',
  paid: 'Paid',
  partly_fulfilled: 'Partly fulfilled',
  fulfilled: 'Fulfilled',
  returned: 'Returned',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

// What each step is called, and what its word in the form is for.
const STEPS = {
  pay: {route: PAY_ORDER, text: 'Paid', word: 'reference'},
  fulfil: {route: FULFIL_ORDER, text: 'Hand over', counts: 'open'},
  cancel: {route: CANCEL_ORDER, text: 'Cancel what is open', word: 'reason'},
  return: {route: RETURN_ORDER, text: 'Take back', word: 'reason', counts: 'fulfilled'},
};

let mayStep = false;
let asked = {};
let next = null;

// The order that is shown with its steps; null: none.
let shown = null;

function query() {
  const {state, customer, number: named} = at('orders-form').elements;
  return {
    state: state.value || null,
    customer: customer.value.trim() || null,
    number: named.value.trim() || null,
  };
}

function orderRow(order) {
  const open = element('button', {type: 'button', class: 'plain'}, 'Open');
  open.addEventListener('click', () => attempt(open, 'orders-said', async () => {
    show(await (await look(ORDER, {values: {id: order.id}})).json());
    at('order-heading').focus();
  }));
  return row(COLUMNS, [
    order.number,
    STATES[order.state],
    order.customer ?? '–',
    money.shown(order.total),
    moment(order.placed_at),
    open,
  ]);
}

async function page() {
  const answer = await (await look(ORDERS, {query: {...asked, limit: PAGE, after: next}})).json();
  at('orders').append(...answer.orders.map(orderRow));
  next = answer.next;
  at('more-orders').hidden = next === null;
  return answer.orders.length;
}

async function search() {
  asked = query();
  next = null;
  at('orders-head').replaceChildren(head(COLUMNS));
  at('orders').replaceChildren();
  const found = await page();
  at('orders-table').hidden = found === 0;
  say('orders-said', found === 0 ? 'There is no such order.' : '');
}

function lineRow(line) {
  return row(LINES, [
    line.sku,
    line.name,
    number(line.quantity),
    money.shown(line.unit_price),
    ...['open', 'fulfilled', 'cancelled', 'returned'].map(name => number(line[name])),
  ]);
}

function summary(order) {
  const payment = order.payment;
  return [
    `${STATES[order.state]}, ${money.shown(order.total)}`,
    ...(order.customer ? [`, for ${order.customer}`] : []),
    ...(order.reference ? [`, reference ${order.reference}`] : []),
    '. Placed ', moment(order.placed_at), ` by ${order.placed_by}`,
    ...(order.state === 'placed' ? [', to be paid before ', moment(order.expires_at)] : []),
    ...(payment ? ['; paid ', moment(payment.paid_at), payment.reference ? ` (${payment.reference})` : ''] : []),
    ...(order.reason ? [`; ${order.reason}`] : []),
    '.',
  ];
}

function show(order) {
  shown = order;
  at('order-heading').textContent = `Order ${order.number}`;
  at('order-summary').replaceChildren(...summary(order));
  at('order-lines-head').replaceChildren(head(LINES));
  at('order-lines').replaceChildren(...order.lines.map(lineRow));
  at('order-steps').replaceChildren(...(mayStep ? order.steps.map(stepButton) : []));
  const steps = order.steps.map(name => STEPS[name]);
  at('order-word').closest('.field').hidden = !mayStep || !steps.some(step => step.word);
  at('order-units').closest('.field').hidden = !mayStep || !steps.some(step => step.counts);
  say('order-said', '');
  at('order').hidden = false;
  attempt(null, 'order-said', () => payments.show(order));
}

function stepButton(name) {
  const made = element('button', {type: 'button'}, STEPS[name].text);
  made.addEventListener('click', () => attempt(made, 'order-said', () => go(STEPS[name])));
  return made;
}

// Lines of an item and a quantity; throws a RangeError that says what is wrong.
function lines(text) {
  return text.split('\n').filter(line => line.trim() !== '').map(line => {
    const [, sku, quantity] = /^\s*(.+?)\s+(\d{1,10})\s*$/.exec(line) ?? [];
    if (sku === undefined) {
      throw new RangeError(`A line is an item and a quantity, not “${line.trim()}”.`);
    }
    return {sku, quantity: Number(quantity)};
  });
}

function body({word, counts}) {
  const text = at('order-word').value.trim();
  const units = counts ? lines(at('order-units').value) : [];
  return {
    ...(word && text ? {[word]: text} : {}),
    ...(units.length > 0 ? {lines: units} : {}),
  };
}

async function go(step) {
  let wanted;
  try {
    wanted = body(step);
  } catch (no) {
    if (no instanceof RangeError) {
      say('order-said', no.message, true);
      return;
    }
    throw no;
  }
  try {
    show(await change(step.route, {values: {id: shown.id}, body: wanted, version: shown.version}));
    at('order-word').value = '';
    at('order-units').value = '';
  } catch (no) {
    if (no instanceof Problem && ['version_conflict', 'illegal_order_step'].includes(no.code)) {
      show(await (await look(ORDER, {values: {id: shown.id}})).json());
      say('order-said', `${no.message}. It is shown as it is now; nothing of yours took effect.`, true);
      return;
    }
    throw no;
  }
  await search();
}

async function place(form) {
  const {lines: wanted, customer, reference} = form.elements;
  let read;
  try {
    read = lines(wanted.value);
  } catch (no) {
    if (no instanceof RangeError) {
      say('new-order-said', no.message, true);
      return;
    }
    throw no;
  }
  const order = await change(PLACE_ORDER, {
    body: {
      lines: read,
      ...(customer.value.trim() ? {customer: customer.value.trim()} : {}),
      ...(reference.value.trim() ? {reference: reference.value.trim()} : {}),
    },
  });
  form.reset();
  form.hidden = true;
  show(order);
  at('order-heading').focus();
  await search();
}

export function start() {
  onSubmit(at('orders-form'), 'orders-said', search);
  at('orders-form').elements.state.append(
    ...Object.entries(STATES).map(([value, text]) => element('option', {value}, text)));
  at('orders-form').elements.state.addEventListener('change', () => attempt(null, 'orders-said', search));
  at('more-orders').addEventListener('click', event => attempt(event.target, 'orders-said', page));
  onSubmit(at('new-order-form'), 'new-order-said', place);
  at('new-order').addEventListener('click', () => {
    at('new-order-form').hidden = false;
    say('new-order-said', '');
    at('new-order-heading').focus();
  });
  at('leave-new-order').addEventListener('click', () => {
    at('new-order-form').hidden = true;
  });
  at('leave-order').addEventListener('click', () => {
    at('order').hidden = true;
  });
}

export async function open(permissions) {
  mayStep = permissions.includes('sell');
  at('new-order').hidden = !mayStep;
  at('new-order-form').hidden = true;
  at('order').hidden = true;
  await attempt(null, 'orders-said', search);
}
