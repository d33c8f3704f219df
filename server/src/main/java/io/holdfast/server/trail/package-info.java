/// Who changed what, and who was refused: an entry is written with its change
/// ([io.holdfast.server.trail.Trail]), sealed into its tenant's hash chain soon afterwards
/// ([io.holdfast.server.trail.Sealer]), and checked by [io.holdfast.server.trail.TrailVerifier].
/// What moves stock has its movements instead.
@NullMarked
package io.holdfast.server.trail;

import org.jspecify.annotations.NullMarked;
