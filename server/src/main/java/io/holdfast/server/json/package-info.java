/// Bodies: what comes in is read strictly, member by member ([io.holdfast.server.json.JsonBody]);
/// what goes out is written the same way every time ([io.holdfast.server.json.JsonWriting]).
@NullMarked
package io.holdfast.server.json;

import org.jspecify.annotations.NullMarked;
