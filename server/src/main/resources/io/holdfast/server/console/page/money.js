// Amounts in minor units, as people write them.

function digits(currency) {
  return new Intl.NumberFormat('en', {style: 'currency', currency}).resolvedOptions().maximumFractionDigits;
}

export function shown({amount, currency}) {
  const format = new Intl.NumberFormat('en', {style: 'currency', currency, currencyDisplay: 'code'});
  return format.format(amount / 10 ** digits(currency));
}

// Without its currency, as an input takes it.
export function written({amount, currency}) {
  return (amount / 10 ** digits(currency)).toFixed(digits(currency));
}

// What somebody wrote, or null if it is no amount of the currency. Digit by digit: no fraction of a
// cent comes about.
export function read(text, currency) {
  const places = digits(currency);
  const [, whole, part = ''] = /^(\d{1,10})(?:\.(\d*))?$/.exec(text.trim()) ?? [];
  return whole === undefined || part.length > places ? null : Number(whole + part.padEnd(places, '0'));
}
