/// How to talk to a shop: what a request looks like and what an answer means.
@NullMarked
package io.holdfast.proof.shop;

import org.jspecify.annotations.NullMarked;
