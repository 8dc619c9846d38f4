//! A small static server for the built page: GET and HEAD, one thread a connection, nothing else.
//!
//! It answers on 127.0.0.1 only, never leaves its folder, and forbids caching without asking, so that
//! what a browser shows is what was built. Where `name.gz` lies beside `name`, whoever takes gzip gets that, as from
//! the hosts that pages are published on.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const MAX_HEAD: usize = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);
const PORTS_TO_TRY: u16 = 100;

/// A bound server that does not answer yet.
pub struct Server {
    listener: TcpListener,
    root: Arc<PathBuf>,
}

/// A server that answers in the background until it is stopped or dropped.
pub struct Running {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    accepting: Option<thread::JoinHandle<()>>,
}

impl Server {
    /// Binds to a port of 127.0.0.1; 0 is any free one.
    pub fn bind(root: &Path, port: u16) -> io::Result<Self> {
        let root = root.canonicalize()?;
        if !root.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, format!("{} is no folder", root.display())));
        }
        Ok(Self { listener: TcpListener::bind((Ipv4Addr::LOCALHOST, port))?, root: Arc::new(root) })
    }

    /// Binds to the wished port or, where that is taken, to the next free one.
    pub fn bind_from(root: &Path, port: u16) -> io::Result<Self> {
        let mut taken = None;
        for port in port..=port.saturating_add(PORTS_TO_TRY) {
            match Self::bind(root, port) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = Some(error),
                other => return other,
            }
        }
        Err(taken.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until the process ends.
    pub fn run(&self) {
        self.accept_until(&AtomicBool::new(false));
    }

    /// Answers in the background.
    pub fn spawn(self) -> io::Result<Running> {
        let address = self.address()?;
        let stop = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&stop);
        let accepting = thread::spawn(move || self.accept_until(&seen));
        Ok(Running { address, stop, accepting: Some(accepting) })
    }

    fn accept_until(&self, stop: &AtomicBool) {
        for stream in self.listener.incoming() {
            if stop.load(Ordering::SeqCst) {
                return;
            }
            match stream {
                Ok(stream) => {
                    let root = Arc::clone(&self.root);
                    // A client that hangs up early is its own affair.
                    thread::spawn(move || drop(answer(stream, &root)));
                }
                // Out of file handles, most likely: give the others time to finish.
                Err(_) => thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

impl Running {
    /// The address of the page, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Stops answering and frees the port.
    pub fn stop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(accepting) = self.accepting.take() {
            // Wakes the accepting thread.
            drop(TcpStream::connect(self.address));
            drop(accepting.join());
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What is sent back.
enum Reply {
    File(PathBuf),
    Moved(String),
    Refused(u16, &'static str),
}

fn answer(mut stream: TcpStream, root: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(head) = read_head(&mut stream)? else {
        return refuse(&mut stream, 400, "Bad Request", true);
    };
    let packed = takes_gzip(&head);
    let mut words = head.lines().next().unwrap_or_default().split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let with_body = method != "HEAD";
    if method != "GET" && method != "HEAD" {
        return refuse(&mut stream, 405, "Method Not Allowed", true);
    }
    match find(root, target) {
        Reply::File(path) => send(&mut stream, &path, packed, with_body),
        Reply::Moved(to) => {
            write!(
                stream,
                "HTTP/1.1 301 Moved Permanently\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
        }
        Reply::Refused(code, reason) => refuse(&mut stream, code, reason, with_body),
    }
}

/// The request's head, or nothing where it is too long or no text.
fn read_head(stream: &mut TcpStream) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut part = [0; 2048];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = stream.read(&mut part)?;
        if read == 0 || head.len() + read > MAX_HEAD {
            return Ok(None);
        }
        head.extend_from_slice(&part[..read]);
    }
    Ok(String::from_utf8(head).ok())
}

/// Whether a request's head says so.
fn takes_gzip(head: &str) -> bool {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.any(|(name, value)| name.eq_ignore_ascii_case("accept-encoding") && value.contains("gzip"))
}

fn send(stream: &mut TcpStream, path: &Path, packed: bool, with_body: bool) -> io::Result<()> {
    let twin = PathBuf::from(format!("{}.gz", path.display()));
    let twin = if packed { File::open(twin).ok() } else { None };
    let encoding = if twin.is_some() { "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n" } else { "" };
    let Some(mut file) = twin.or_else(|| File::open(path).ok()) else {
        return refuse(stream, 404, "Not Found", with_body);
    };
    let length = file.metadata()?.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {length}\r\n{encoding}Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        mime(path)
    )?;
    if with_body {
        io::copy(&mut file, stream)?;
    }
    stream.flush()
}

fn refuse(stream: &mut TcpStream, code: u16, reason: &str, with_body: bool) -> io::Result<()> {
    let allow = if code == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let body = format!("{code} {reason}\n");
    write!(
        stream,
        "HTTP/1.1 {code} {reason}\r\n{allow}Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n{}",
        body.len(),
        if with_body { &body } else { "" }
    )
}

/// The file that a request target names, if it lies inside the folder.
fn find(root: &Path, target: &str) -> Reply {
    let Some(segments) = segments(target) else {
        return Reply::Refused(400, "Bad Request");
    };
    let mut path = root.to_path_buf();
    path.extend(&segments);
    // Resolves links: what they point at must lie inside too.
    let Ok(mut path) = path.canonicalize() else {
        return Reply::Refused(404, "Not Found");
    };
    if path.starts_with(root) && path.is_dir() {
        let plain = target.split(['?', '#']).next().unwrap_or_default();
        if !plain.ends_with('/') {
            return Reply::Moved(format!("/{}/", plain.trim_start_matches('/')));
        }
        let Ok(index) = path.join("index.html").canonicalize() else {
            return Reply::Refused(404, "Not Found");
        };
        path = index;
    }
    if path.starts_with(root) && fs::metadata(&path).is_ok_and(|data| data.is_file()) {
        Reply::File(path)
    } else {
        Reply::Refused(404, "Not Found")
    }
}

/// The decoded names of a request target; nothing where it is malformed or would climb out.
fn segments(target: &str) -> Option<Vec<String>> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut names = Vec::new();
    for raw in path.split('/') {
        let name = decode(raw)?;
        match name.as_str() {
            "" | "." => {}
            ".." => return None,
            // Separators and drive letters, once decoded, would be read as a path.
            _ if name.contains(['/', '\\', ':', '\0']) => return None,
            _ => names.push(name),
        }
    }
    Some(names)
}

fn decode(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            if !pair.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "md" | "csv" => "text/plain; charset=utf-8",
        "gz" => "application/gzip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("twopath-serve-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&root));
        fs::create_dir_all(root.join("site/sub")).unwrap();
        fs::write(root.join("secret.txt"), "secret").unwrap();
        fs::write(root.join("site/index.html"), "<p>hello</p>").unwrap();
        fs::write(root.join("site/sub/index.html"), "sub").unwrap();
        fs::write(root.join("site/a b.wasm"), [0, 97, 115, 109]).unwrap();
        root
    }

    fn ask(server: &Running, request: &str) -> String {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        String::from_utf8_lossy(&reply).into_owned()
    }

    #[test]
    fn targets_become_names_inside_the_folder() {
        assert_eq!(segments("/").unwrap(), Vec::<String>::new());
        assert_eq!(segments("/a/./b//c?x=/../y#z").unwrap(), ["a", "b", "c"]);
        assert_eq!(segments("/a%20b").unwrap(), ["a b"]);
        for bad in [
            "a",
            "",
            "/..",
            "/a/../b",
            "/%2e%2e/x",
            "/..%2fx",
            "/a%5cb",
            "/c:/x",
            "/a%00",
            "/%zz",
            "/%+1",
            "/%2",
            "/%ff",
        ] {
            assert_eq!(segments(bad), None, "{bad}");
        }
    }

    #[test]
    fn files_come_with_their_type_and_nothing_from_outside() {
        let root = folder("files");
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("secret.txt"), root.join("site/link.txt")).unwrap();
        let mut server = Server::bind(&root.join("site"), 0).unwrap().spawn().unwrap();

        let page = ask(&server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(
            page.starts_with(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 12\r\n"
            ),
            "{page}"
        );
        assert!(
            page.contains("\r\nCache-Control: no-cache\r\n") && page.ends_with("\r\n\r\n<p>hello</p>"),
            "{page}"
        );

        let head = ask(&server, "HEAD /index.html?x HTTP/1.1\r\n\r\n");
        assert!(head.contains("Content-Length: 12") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(ask(&server, "GET /a%20b.wasm HTTP/1.1\r\n\r\n").contains("Content-Type: application/wasm\r\n"));
        assert!(ask(&server, "GET /sub HTTP/1.1\r\n\r\n").contains("Location: /sub/\r\n"));
        assert!(ask(&server, "GET /sub/ HTTP/1.1\r\n\r\n").ends_with("sub"));
        assert!(ask(&server, "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
        for outside in
            ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt", "/none", "//etc/passwd"]
        {
            let reply = ask(&server, &format!("GET {outside} HTTP/1.1\r\n\r\n"));
            assert!(reply.starts_with("HTTP/1.1 40") && !reply.contains("secret"), "{outside}: {reply}");
        }
        assert!(
            ask(&server, &format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(15_000))).starts_with("HTTP/1.1 404 ")
        );

        server.stop();
        assert!(TcpStream::connect(server.address).is_err());
        drop(fs::remove_dir_all(root));
    }

    #[test]
    fn a_packed_twin_is_for_whoever_takes_it() {
        let root = folder("packed");
        fs::write(root.join("site/index.html.gz"), "packed").unwrap();
        let server = Server::bind(&root.join("site"), 0).unwrap().spawn().unwrap();
        let packed = ask(&server, "GET / HTTP/1.1\r\naccept-encoding: br, gzip\r\n\r\n");
        assert!(packed.contains("Content-Type: text/html; charset=utf-8\r\nContent-Length: 6\r\n"), "{packed}");
        assert!(packed.contains("\r\nContent-Encoding: gzip\r\n") && packed.ends_with("packed"), "{packed}");
        let plain = ask(&server, "GET / HTTP/1.1\r\nAccept-Encoding: br\r\n\r\n");
        assert!(!plain.contains("Content-Encoding") && plain.ends_with("<p>hello</p>"), "{plain}");
        let alone = ask(&server, "GET /sub/ HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n");
        assert!(!alone.contains("Content-Encoding") && alone.ends_with("sub"), "{alone}");
        drop(server);
        drop(fs::remove_dir_all(root));
    }

    #[test]
    fn several_connections_at_once() {
        let root = folder("several");
        let server = Server::bind(&root.join("site"), 0).unwrap().spawn().unwrap();
        // Idle connections, as browsers open them ahead of need.
        let idle: Vec<TcpStream> = (0..8).map(|_| TcpStream::connect(server.address).unwrap()).collect();
        assert!(ask(&server, "GET / HTTP/1.1\r\n\r\n").ends_with("<p>hello</p>"));
        drop(idle);
        drop(server);
        drop(fs::remove_dir_all(root));
    }

    #[test]
    fn a_taken_port_gives_the_next() {
        let root = folder("ports");
        let first = Server::bind(&root.join("site"), 0).unwrap();
        let taken = first.address().unwrap().port();
        let second = Server::bind_from(&root.join("site"), taken).unwrap();
        assert!(second.address().unwrap().port() > taken);
        drop(fs::remove_dir_all(root));
    }
}
