// Every route that the console asks. A test holds them to the description of the API.

export const LOGIN = 'POST /v1/auth/console';
export const LOGOUT = 'DELETE /v1/account/console';
export const SESSION = 'GET /v1/account/console';
export const ACCOUNT = 'GET /v1/account';
export const SESSIONS = 'GET /v1/account/sessions';
export const END_SESSION = 'DELETE /v1/account/sessions/{session}';
export const END_OTHERS = 'DELETE /v1/account/other-sessions';
export const END_SESSIONS = 'DELETE /v1/account/sessions';

export const STANDING = 'GET /v1/audit';
export const QUARANTINES = 'GET /v1/audit/quarantines';
export const CORRECT = 'POST /v1/items/{sku}/corrections';
export const FINDINGS = 'GET /v1/audit/findings';
export const ACKNOWLEDGE = 'PUT /v1/audit/findings/{id}/acknowledgement';
export const TRAIL = 'GET /v1/audit/entries';

export const ITEMS = 'GET /v1/items';
export const ITEM = 'GET /v1/items/{sku}';
export const CREATE_ITEM = 'POST /v1/items';
export const CHANGE_ITEM = 'PATCH /v1/items/{sku}';
export const STOCK = 'GET /v1/items/{sku}/stock';
export const MOVEMENTS = 'GET /v1/items/{sku}/movements';

export const ORDERS = 'GET /v1/orders';
export const ORDER = 'GET /v1/orders/{id}';
export const PLACE_ORDER = 'POST /v1/orders';
export const PAY_ORDER = 'POST /v1/orders/{id}/pay';
export const FULFIL_ORDER = 'POST /v1/orders/{id}/fulfil';
export const CANCEL_ORDER = 'POST /v1/orders/{id}/cancel';
export const RETURN_ORDER = 'POST /v1/orders/{id}/returns';
export const PAYMENTS = 'GET /v1/orders/{id}/payments';
export const PAYMENT_SETTINGS = 'GET /v1/payment-settings';
export const SET_PAYMENT_SETTINGS = 'PUT /v1/payment-settings';
export const ORDER_NUMBERS = 'GET /v1/order-numbers';
export const SET_ORDER_NUMBERS = 'PUT /v1/order-numbers';

export const EVENTS = 'GET /v1/events';
export const EVENT_STREAM = 'GET /v1/events/stream';
export const EVENT_SETTINGS = 'GET /v1/event-settings';
export const SET_EVENT_SETTINGS = 'PUT /v1/event-settings';

export const WEBHOOKS = 'GET /v1/webhooks';
export const CREATE_WEBHOOK = 'POST /v1/webhooks';
export const CHANGE_WEBHOOK = 'PUT /v1/webhooks/{webhook}';
export const REMOVE_WEBHOOK = 'DELETE /v1/webhooks/{webhook}';
export const ROTATE_WEBHOOK = 'POST /v1/webhooks/{webhook}/rotations';
export const REPLAY_WEBHOOK = 'POST /v1/webhooks/{webhook}/replays';
export const DELIVERIES = 'GET /v1/webhooks/{webhook}/deliveries';

export const CREATE_IMPORT = 'POST /v1/imports';
export const IMPORTS = 'GET /v1/imports';
export const IMPORT = 'GET /v1/imports/{import}';
export const IMPORT_ERRORS = 'GET /v1/imports/{import}/errors';
export const CANCEL_IMPORT = 'POST /v1/imports/{import}/cancel';
export const EXPORT_ITEMS = 'GET /v1/exports/items';
export const EXPORT_PRICES = 'GET /v1/exports/prices';
export const EXPORT_STOCK = 'GET /v1/exports/stock';

export const POLICY = 'GET /v1/stock/policy';
export const SET_POLICY = 'PUT /v1/stock/policy';
export const RETENTION = 'GET /v1/stock/retention';
export const SET_RETENTION = 'PUT /v1/stock/retention';
