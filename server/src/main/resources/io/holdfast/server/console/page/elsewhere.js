// The way to log in at a provider, for people of a business that has one.

import {at} from './dom.js';

// Whoever gets no answer is told so when they log in.
async function nameFor(tenant) {
  try {
    const path = `/console/oidc/${encodeURIComponent(tenant)}/provider`;
    const response = await fetch(path, {credentials: 'omit', cache: 'no-store'});
    return response.ok ? (await response.json()).name : null;
  } catch {
    return null;
  }
}

async function show() {
  const typed = () => at('tenant').value.trim();
  const tenant = typed();
  const name = tenant === '' ? null : await nameFor(tenant);
  if (tenant !== typed()) {
    return;
  }
  at('elsewhere').hidden = name === null;
  if (name !== null) {
    at('elsewhere-link').textContent = `Log in with ${name}`;
    at('elsewhere-link').href = `/console/oidc/${encodeURIComponent(tenant)}`;
  }
}

export function start() {
  at('tenant').addEventListener('change', show);
  show();
}
