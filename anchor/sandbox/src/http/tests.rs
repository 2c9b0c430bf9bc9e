mod accounts;
mod faults;
mod friendbot;
mod general;
mod transactions;
