/// Machines that ask: jobs of a schedule, systems that call in. A machine signs each request with a
/// secret that only it and the node know ([io.holdfast.server.machine.SignedRequest]), is let in
/// once per request ([io.holdfast.server.machine.SignedRequests]), and is a caller like any other
/// from then on, with a tenant and a role. Without a machine in the node's file nothing is let in.
@NullMarked
package io.holdfast.server.machine;

import org.jspecify.annotations.NullMarked;
