//! What stands around a table and says nothing of routes.

/// Whether a line is a command prompt: a name without blanks, then `#`, `>`, `$` or `%`, and perhaps a command.
///
/// ```text
/// router1#show ip bgp        RP/0/RSP0/CPU0:xr#        user@srx> show route        [Expert@gw:0]#        bird>
/// ```
pub(crate) fn is_prompt(line: &str) -> bool {
    let line = line.trim_start();
    let line = if line.starts_with("{master") || line.starts_with("{primary") || line.starts_with("{linecard") {
        return true;
    } else {
        line
    };
    let Some(end) = line.bytes().take(100).position(|byte| matches!(byte, b'#' | b'>' | b'$' | b'%')) else {
        return false;
    };
    let name = line.get(..end).unwrap_or_default().trim_end();
    let names = |byte: u8| byte.is_ascii_alphanumeric() || b"._@:/()[]~-".contains(&byte);
    let mut words = name.split(' ');
    let (first, second, third) = (words.next().unwrap_or_default(), words.next(), words.next());
    // `FGT (root) #` and `[user@host ~]$` have a blank in them.
    let second_fits = second.is_none_or(|word| word.starts_with(['(', '~', '/']) && word.ends_with([')', ']']));
    let letters = first.bytes().any(|byte| byte.is_ascii_alphabetic());
    letters && third.is_none() && second_fits && name.bytes().all(|byte| byte == b' ' || names(byte))
}

/// The same for lists that people type, in which a word before a `#` is more likely a mistake than a prompt: nothing
/// like an address, and no blank before the sign but behind a bracket.
fn is_bare_prompt(line: &str) -> bool {
    let line = line.trim_start();
    let end = line.bytes().position(|byte| matches!(byte, b'#' | b'>' | b'$' | b'%')).unwrap_or(0);
    let name = line.get(..end).unwrap_or_default();
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || "[({".contains(c));
    let length = name.rsplit('/').next().unwrap_or_default();
    let has_length = name.contains('/') && !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let blank = name.ends_with(' ') && !name.trim_end().ends_with([')', ']']);
    is_prompt(line) && (end == 0 || begins && !has_length && !blank && !name.contains("::"))
}

/// Whether a line of a list that people type is a prompt, the time, or else printed around anything, and has no address.
pub(crate) fn is_bare_noise(line: &str) -> bool {
    let begins = NOISE.iter().any(|noise| line.starts_with(noise));
    (begins || is_time(line) || is_rule(line) || is_bare_prompt(line)) && !has_address(line)
}

/// Beginnings of lines that devices of several makers print around anything.
static NOISE: [&str; 8] = [
    "Load for five secs:",
    "Time source is ",
    "Building configuration",
    "Codes:",
    "terminal length",
    "Press any key",
    "Connection to ",
    "Last login:",
];

/// Whether a line is a prompt, the time, or else something that is printed around anything.
pub(crate) fn is_noise(line: &str) -> bool {
    let line = line.trim_start();
    NOISE.iter().any(|noise| line.starts_with(noise)) || is_time(line) || is_rule(line) || is_prompt(line)
}

/// `Mon Jan 29 19:00:32.892 UTC`, as IOS-XR prints above everything.
fn is_time(line: &str) -> bool {
    let mut words = line.split(' ').filter(|word| !word.is_empty());
    let day = words.next().is_some_and(|word| {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&word.trim_end_matches(','))
    });
    day && words.any(|word| {
        let mut parts = word.split(':');
        let number = |part: Option<&str>| {
            part.is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        };
        number(parts.next()) && number(parts.next()) && number(parts.next())
    })
}

/// A line of dashes, equals signs and their like.
fn is_rule(line: &str) -> bool {
    line.len() > 2 && line.bytes().all(|byte| b"-=_*+#|~. ".contains(&byte))
}

/// Whether a line has a word that begins like an address.
pub(crate) fn has_address(line: &str) -> bool {
    let bytes = line.as_bytes();
    let begins = |at: usize| {
        at == 0 || !matches!(bytes.get(at - 1), Some(b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b':' | b'-'))
    };
    (0..bytes.len()).filter(|at| begins(*at)).any(|at| {
        let rest = bytes.get(at..).unwrap_or_default();
        super::super::address::scan_v4(rest).is_some() || super::super::address::scan_v6(rest).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts() {
        for prompt in [
            "router1#show ip bgp",
            "router1>",
            "RP/0/RSP0/CPU0:xr#",
            "user@srx> show route",
            "{master:0}",
            "[Expert@gw:0]# ip route",
            "[user@host ~]$ ip route",
            "FGT (root) # get router info",
            "switch(config-if)#",
            "bird> show route",
        ] {
            assert!(is_prompt(prompt), "{prompt}");
        }
        for other in
            ["*> 10.0.0.0/8", "10.0.0.0/8 # office", "> to 10.0.0.1", "Network   Next Hop", "B 10% of it", ""]
        {
            assert!(!is_prompt(other), "{other}");
        }
    }

    #[test]
    fn noise_in_lists() {
        for noise in
            ["core1#show it", "core1#", "[user@host ~]$ cat list", "RP/0/RSP0/CPU0:xr#", "-----", "core1>exit"]
        {
            assert!(is_bare_noise(noise), "{noise}");
        }
        for other in
            ["Chicago # office", "10.1.x.0/24#", "fe8g::/10#x", "a.b/24# x", "core1#show 10.0.0.0/8", "office"]
        {
            assert!(!is_bare_noise(other), "{other}");
        }
    }

    #[test]
    fn addresses_anywhere_in_a_line() {
        for line in ["a 10.0.0.1 b", "*>e10.0.0.0/8 x 10.0.0.1", "(2001:db8::/32)", "::1", "via 10.0.0.1,"] {
            assert!(has_address(line), "{line}");
        }
        for line in ["", "12:30:59", "Displayed 5 routes", "1.2.3", "version 15.1(4)M", "Mon 10:00:00.123 UTC"] {
            assert!(!has_address(line), "{line}");
        }
    }
}
