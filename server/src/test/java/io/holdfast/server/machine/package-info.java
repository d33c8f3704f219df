/// Signatures, and the file of machines, without a node.
