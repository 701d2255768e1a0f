//go:build linux

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The kinds of places that a scan looks at.
const (
	onDisk = "disk" // home, site with the record, keyring, runtime and working folder
	inTemp = "temp" // the station's TMPDIR, and what is new in the machine's
	inLog  = "log"
	inCore = "core"        // files that are called core*
	inArgv = "argv"        // of each process of the station that was seen
	inEnv  = "environment" // of the same
	onBus  = "bus"         // every message, as it was sent
	unseen = "open file"   // that a process holds and no folder shows any more
)

// A scan looks for needles in every place.
type scan struct {
	root  string   // the station's folders: home, site, tmp, run, work, …, and log
	temps []string // the machine's temporary folders: what is newer than since
	since time.Time
	not   []string // files there that the test itself writes
	heard string   // the file with the bus's messages
	// hidden may be nowhere; secrets may cross the bus, on their way from and to
	// the keyring. Needle → what it is.
	hidden, secrets map[string]string
}

// found is one needle in one place.
type found struct{ kind, place, what, form string }

func (f found) String() string {
	return fmt.Sprintf("%s (%s) is in %s: %s", f.what, f.form, f.kind, f.place)
}

// look reads all places, the processes as they were seen and are now. It also
// counts the places of each kind.
func (s *scan) look(seen []sighting) (out []found, places map[string]int, err error) {
	all, forBus := newSieve(s.hidden, s.secrets), newSieve(s.hidden)
	places = map[string]int{}
	through := func(by *sieve, kind, place string, r io.Reader) {
		places[kind]++
		for _, n := range by.through(r) {
			out = append(out, found{kind, place, n.what, n.form})
		}
	}
	file := func(by *sieve, kind, path string) {
		f, err := os.Open(path)
		if err != nil {
			return // it went meanwhile
		}
		defer f.Close() //nolint:errcheck // it was only read
		through(by, kind, path, f)
	}
	err = filepath.WalkDir(s.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil // it went meanwhile, or holds no text
		}
		rel, _ := filepath.Rel(s.root, path)
		kind := onDisk
		switch top, _, _ := strings.Cut(rel, "/"); {
		case strings.HasPrefix(d.Name(), "core"):
			kind = inCore
		case top == "tmp":
			kind = inTemp
		case top == "log":
			kind = inLog
		}
		file(all, kind, path)
		return nil
	})
	for _, dir := range s.temps {
		s.fresh(dir, func(path string) { file(all, inTemp, path) })
	}
	pids := map[int]bool{}
	for _, p := range seen {
		through(all, p.kind, p.String(), bytes.NewReader(p.text))
		pids[p.pid] = true
	}
	for pid := range pids {
		for _, held := range deleted(pid) {
			file(all, unseen, held)
		}
	}
	file(forBus, onBus, s.heard)
	return out, places, err
}

// fresh gives the files below dir that were written since.
func (s *scan) fresh(dir string, each func(path string)) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // others' files come and go
		}
		if d.IsDir() && (path == s.root || strings.HasPrefix(d.Name(), "go-build") ||
			strings.HasPrefix(d.Name(), "Test")) {
			return fs.SkipDir // walked already; the compiler's; tests'

		}
		info, err := d.Info()
		if err != nil || !info.Mode().IsRegular() || info.ModTime().Before(s.since) || info.Size() > 256<<20 {
			return nil
		}
		for _, own := range s.not {
			if path == own {
				return nil
			}
		}
		each(path)
		return nil
	})
}

// deleted are the files that a process has open under no name any more.
func deleted(pid int) (out []string) {
	all, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	for _, fd := range all {
		to, err := os.Readlink(fd)
		if err == nil && strings.HasSuffix(to, " (deleted)") && !strings.HasPrefix(to, "/memfd:") {
			out = append(out, fd)
		}
	}
	return out
}

// A sighting is the command line or environment of a process.
type sighting struct {
	kind string
	pid  int
	text []byte
}

func (s sighting) String() string { return fmt.Sprintf("%s of process %d", s.kind, s.pid) }

// sight adds what the processes of the programs are called with now. A process
// that this user may not look at (see nocore) is seen by no other program of the
// user either: refused counts those.
func sight(into map[string]sighting, programs ...string) (refused int) {
	for _, pid := range tree(os.Getpid(), programs) {
		for _, part := range []struct{ kind, file string }{{inArgv, "cmdline"}, {inEnv, "environ"}} {
			text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), part.file))
			if errors.Is(err, fs.ErrPermission) {
				refused++
			}
			if err == nil && len(text) > 0 {
				into[part.kind+strconv.Itoa(pid)+string(text)] = sighting{part.kind, pid, text}
			}
		}
	}
	return refused
}

// tree are the processes below root that are one of the programs, and all that
// are below them.
func tree(root int, programs []string) []int {
	below := map[int][]int{}
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range all {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		rest := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		parent, _ := strconv.Atoi(rest[1])
		below[parent] = append(below[parent], pid)
	}
	var out []int
	var walk func(pid int, in bool)
	walk = func(pid int, in bool) {
		line, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
		for _, program := range programs {
			in = in || bytes.HasPrefix(line, []byte(program+"\x00"))
		}
		if in {
			out = append(out, pid)
		}
		for _, p := range below[pid] {
			walk(p, in)
		}
	}
	walk(root, false)
	return out
}

// A sieve finds many needles in one pass. Large and small letters are the same to
// it.
type sieve struct {
	begins  [1 << 16]bool // by their first two bytes
	needles map[uint32][]needle
	longest int
}

type needle struct {
	text       []byte
	what, form string
}

func newSieve(sets ...map[string]string) *sieve {
	s := &sieve{needles: map[uint32][]needle{}}
	for _, set := range sets {
		for word, what := range set {
			for form, text := range shapes(word) {
				text = lower(text)
				s.begins[binary.BigEndian.Uint16(text)] = true
				at := binary.BigEndian.Uint32(text)
				s.needles[at] = append(s.needles[at], needle{text, what, form})
				s.longest = max(s.longest, len(text))
			}
		}
	}
	return s
}

// through gives what is in the text, each once.
func (s *sieve) through(r io.Reader) (out []needle) {
	met := map[string]bool{}
	buf, kept := make([]byte, 1<<20), 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		text := lower(buf[:kept+n])
		for i := 0; i+4 <= len(text); i++ {
			if !s.begins[binary.BigEndian.Uint16(text[i:])] {
				continue
			}
			for _, n := range s.needles[binary.BigEndian.Uint32(text[i:])] {
				if key := n.what + n.form + string(n.text); bytes.HasPrefix(text[i:], n.text) && !met[key] {
					met[key] = true
					out = append(out, n)
				}
			}
		}
		if err != nil {
			return out
		}
		kept = copy(buf, buf[len(buf)-s.longest:]) // one may lie across the cut
	}
}

// lower makes ASCII letters small, in place.
func lower(text []byte) []byte {
	for i, b := range text {
		if 'A' <= b && b <= 'Z' {
			text[i] = b + 'a' - 'A'
		}
	}
	return text
}

// shapes are the ways in which a text may lie somewhere, in letters of any size.
func shapes(s string) map[string][]byte {
	var wide, wider, decimal []byte
	for i := range len(s) {
		wide = append(wide, s[i], 0)
		wider = append(wider, s[i], 0, 0, 0)
		decimal = append(strconv.AppendInt(decimal, int64(s[i]), 10), ' ')
	}
	out := map[string][]byte{"as it is": []byte(s), "hex": []byte(hex.EncodeToString([]byte(s))),
		"printed bytes": bytes.TrimSpace(decimal),
		"UTF-16":        wide[:len(wide)-1], "UTF-32": wider[:len(wider)-3]} // so both byte orders are met
	for shift := range 3 { // base64 of a text in which it stands anywhere
		enc := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + s))
		out[fmt.Sprint("base64, ", shift)] = []byte(enc[shift+2 : len(enc)-2])
	}
	return out
}
