//! A wallet's side of Stellar's anchor protocols: discover an anchor, sign in, complete KYC.
