//! Real servers, in folders of their own. What only root can meet has a twin for everybody else, so that no test is
//! empty for whoever runs it.

#![cfg(test)]

mod adopt;
mod places;
mod refuse;
mod room;
mod sandbox;
mod start;
