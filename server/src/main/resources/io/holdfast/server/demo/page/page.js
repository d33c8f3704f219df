import {drawLive, drawRun} from './chart.js';

const WINDOW_SECONDS = 30;
const BUYERS = 1000;

const at = id => document.getElementById(id);
const number = value => value.toLocaleString('en');

const readings = [];
let newest;
let crowdWaited = false;

function say(text) {
  at('said').textContent = text;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
  return {status: response.status, body: await response.json()};
}

// Disabled until it is answered; a node that does not answer is said to be gone.
function onClick(id, action) {
  const button = at(id);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await action();
    } catch {
      say('No answer from the node. Is it still running?');
    } finally {
      button.disabled = false;
    }
  });
}

function show(tick) {
  at('stock').textContent = number(tick.stock);
  at('initial').textContent = number(tick.initial_stock);
  at('stock-bar').style.width = `${Math.min(100, Math.max(0, 100 * tick.stock / tick.initial_stock))}%`;
  at('sold').textContent = number(tick.sold);
  at('refused').textContent = number(tick.refused);
  at('oversold').textContent = number(tick.oversold);
  at('oversold').className = `number ${tick.oversold === 0 ? 'good' : 'bad'}`;
}

function remember(tick) {
  const now = performance.now();
  const before = readings.at(-1);
  const sold = before ? Math.max(0, tick.sold - before.sold) : 0;
  const seconds = before ? (now - before.now) / 1000 : 1;
  readings.push({now, stock: tick.stock, sold: tick.sold, perSecond: Math.round(sold / seconds)});
  while (now - readings[0].now > WINDOW_SECONDS * 1000) {
    readings.shift();
  }
}

function drawReadings() {
  const now = performance.now();
  const points = readings.map(r => ({secondsAgo: (now - r.now) / 1000, stock: r.stock, perSecond: r.perSecond}));
  drawLive(at('live'), points, newest ? newest.initial_stock : 100, WINDOW_SECONDS);
}

function showCrowd(crowd) {
  if (!crowd) {
    return;
  }
  drawRun(at('run'), crowd.timeline, crowd.elapsed_millis);
  if (crowdWaited && crowd.is_over) {
    crowdWaited = false;
    const failed = crowd.failed > 0 ? `, ${number(crowd.failed)} not answered in time` : '';
    say(`${number(crowd.buyers)} buyers at once: ${number(crowd.sold)} got a ticket, `
        + `${number(crowd.refused)} were turned away${failed}. All answered within ${number(crowd.elapsed_millis)} ms.`);
  }
}

function link(state, text) {
  at('link').className = `link ${state}`;
  at('link').textContent = text;
}

function listen() {
  const events = new EventSource('/demo/stream');
  events.onmessage = event => {
    const tick = JSON.parse(event.data);
    if (tick.stock === undefined) {
      link('lost', 'the database does not answer');
      return;
    }
    link('live', 'live');
    newest = tick;
    remember(tick);
    show(tick);
    drawReadings();
    showCrowd(tick.crowd);
  };
  events.onerror = () => link('lost', 'no connection, trying again');
}

onClick('buy', async () => {
  const {status, body} = await post('/buy_ticket', {customer_id: 'newcomer'});
  say(status === 200 ? `Bought one. ${number(body.remaining_stock)} are left.` : body.message ?? body.detail);
});

onClick('crowd', async () => {
  const {status, body} = await post('/demo/buyers', {buyers: BUYERS});
  if (status === 202) {
    crowdWaited = true;
    say(`${number(BUYERS)} buyers are let loose ...`);
  } else {
    say(body.detail);
  }
});

onClick('reset', async () => {
  const {status, body} = await post('/reset', {});
  say(status === 200 ? `${number(body.remaining_stock)} tickets are on sale again.` : body.detail);
});

onClick('copy', async () => {
  await navigator.clipboard.writeText(at('curl').textContent);
  say('Copied.');
});

at('curl').textContent = `curl -X POST ${location.origin}/buy_ticket -H 'Content-Type: application/json' -d '{"customer_id": "me"}'`;
document.querySelectorAll('.origin').forEach(place => place.textContent = location.origin);
drawReadings();
drawRun(at('run'), [], 0);
listen();
