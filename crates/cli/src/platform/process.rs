//! Which process this is, and whether another one of this machine has ended.
//!
//! A number is given again to another process, so with it goes the time of its start; and it means something only in
//! the same namespace of the same run of the same machine.

use std::fs;

use cloison_control::seats::Process;

/// What people see beside its seats is `<machine>/<number> <role>`.
pub(crate) fn this_process(role: &str, schema_newest: Option<i64>) -> Process {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let number = std::process::id();
    let name = format!("{host}/{number} {role}");
    Process { name, place: place(number), has_ended, schema_newest }
}

/// Only if it certainly has: what cannot be told from here has not.
fn has_ended(place: &str) -> bool {
    let Some((number, _)) = place.split_once(' ') else { return false };
    let Ok(number) = number.parse() else { return false };
    match (surroundings(), place.split_once(" in ")) {
        (Some(here), Some((_, there))) if here == there => started(number).is_none_or(|it| {
            // The number is another's now.
            place != written(number, &it, there)
        }),
        _ => false,
    }
}

fn place(number: u32) -> Option<String> {
    Some(written(number, &started(number)?, &surroundings()?))
}

fn written(number: u32, started: &str, surroundings: &str) -> String {
    format!("{number} since {started} in {surroundings}")
}

/// In ticks since the machine was started.
fn started(number: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    // The second field is the program's name in parentheses, which may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    // A zombie holds nothing any more.
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    // The twenty-second field of all.
    fields.nth(18).map(str::to_owned)
}

/// Where a number means the same process: one run of one machine, one namespace.
fn surroundings() -> Option<String> {
    let run = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let namespace = fs::read_link("/proc/self/ns/pid").ok()?;
    Some(format!("{} of {}", namespace.display(), run.trim()))
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn it_tells_the_dead_from_the_living_and_from_strangers() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let at = place(child.id()).unwrap();
        assert!(!has_ended(&at), "{at}");
        let (_, surroundings) = at.split_once(" in ").unwrap();
        let number = child.id();
        assert!(has_ended(&written(number, "7", surroundings)), "its number is another's");
        drop(child.stdin.take());
        child.wait().unwrap();
        assert!(has_ended(&at), "{at}");

        assert!(!has_ended(&at.replace(surroundings, "pid:[1] of another run")), "elsewhere");
        for nonsense in ["", "7", "7 since", "x since 7 in y", "7 since 7 in "] {
            assert!(!has_ended(nonsense), "{nonsense}");
        }
        let own = this_process("serve", None);
        assert!(!has_ended(&own.place.unwrap()));
        assert!(own.name.ends_with(" serve"), "{}", own.name);
    }
}
