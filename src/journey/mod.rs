//! One flow, out and back, with its verdict and trace.
