'use strict';

// Nobody else is asked whether the description is valid.
SwaggerUIBundle({ url: '/openapi', dom_id: '#viewer', deepLinking: true, validatorUrl: null });
