//! One at a time, in the order in which they came.

use std::{
    fmt,
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

/// A door that one at a time passes. Cloning it gives another handle of the same door.
///
/// A wallet that a person looks at is asked one thing at a time (S43-20).
#[derive(Clone, Default)]
pub struct Queue(Arc<Mutex<Line>>);

/// Everybody who came and has not left, by number. The first has the turn. A `Vec`, for there are few at a time.
#[derive(Default)]
struct Line {
    came: u64,
    present: Vec<(u64, Option<Waker>)>,
}

impl Queue {
    /// Waits for one's turn, which lasts until the answer is dropped. Whoever gives up waiting is passed over.
    pub async fn turn(&self) -> Turn {
        let number = {
            let mut line = self.line();
            line.came += 1;
            let number = line.came;
            line.present.push((number, None));
            number
        };
        let turn = Turn { queue: self.clone(), number };
        poll_fn(|context| {
            let mut line = self.line();
            if line.present.first().is_some_and(|(first, _)| *first == number) {
                return Poll::Ready(());
            }
            if let Some((_, waker)) = line.present.iter_mut().find(|(other, _)| *other == number) {
                *waker = Some(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
        turn
    }

    /// Whether nobody has a turn or waits for one.
    pub fn is_empty(&self) -> bool {
        self.line().present.is_empty()
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Queue")
    }
}

/// A turn, until it is dropped.
#[derive(Debug)]
#[must_use = "the turn is over when it is dropped"]
pub struct Turn {
    queue: Queue,
    number: u64,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut line = self.queue.line();
        line.present.retain(|(number, _)| *number != self.number);
        let next = line.present.first_mut().and_then(|(_, waker)| waker.take());
        drop(line);
        if let Some(next) = next {
            next.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use tokio::{
        sync::oneshot,
        task::{LocalSet, spawn_local, yield_now},
    };

    use super::*;

    // S43-20
    #[tokio::test]
    async fn one_at_a_time_passes_in_order() {
        let (queue, seen) = (Queue::default(), Rc::new(RefCell::new(Vec::new())));
        let local = LocalSet::new();
        local
            .run_until(async {
                let tasks = (0..4).map(|number| {
                    let (queue, seen) = (queue.clone(), Rc::clone(&seen));
                    spawn_local(async move {
                        let _turn = queue.turn().await;
                        seen.borrow_mut().push((number, "in"));
                        yield_now().await;
                        seen.borrow_mut().push((number, "out"));
                    })
                });
                for task in tasks.collect::<Vec<_>>() {
                    task.await.unwrap();
                }
            })
            .await;
        let expected: Vec<_> =
            (0..4).flat_map(|number| [(number, "in"), (number, "out")]).collect();
        assert_eq!(*seen.borrow(), expected);
        assert!(queue.is_empty());
    }

    // S43-20
    #[tokio::test]
    async fn whoever_gives_up_or_fails_keeps_nobody_waiting() {
        let queue = Queue::default();
        let local = LocalSet::new();
        local
            .run_until(async {
                let first = queue.turn().await;
                let enter = |queue: Queue| spawn_local(async move { drop(queue.turn().await) });
                let (second, third) = (enter(queue.clone()), enter(queue.clone()));
                yield_now().await;
                second.abort();
                assert!(second.await.unwrap_err().is_cancelled());
                assert!(!third.is_finished());
                drop(first);
                third.await.unwrap();

                // The turn of somebody who panics is over as well.
                let queue = queue.clone();
                let (tell, told) = oneshot::channel::<()>();
                let failing = {
                    let queue = queue.clone();
                    spawn_local(async move {
                        let _turn = queue.turn().await;
                        tell.send(()).unwrap();
                        panic!("the wallet fell over");
                    })
                };
                told.await.unwrap();
                assert!(failing.await.unwrap_err().is_panic());
                drop(queue.turn().await);
            })
            .await;
    }
}
