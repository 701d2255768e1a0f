// Command notices prints the licences of everything that a program was built of,
// as they ask for wherever it is handed on:
//
//	notices [-also NAME=FILE]... PROGRAM...
//
// What is in a program is read from the program. Run it inside the module that the
// programs are of: their parts are looked up in its module cache.
package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
)

// notice is one text and all parts that it covers.
type notice struct {
	parts []string
	text  []byte
}

func main() {
	also := map[string]string{}
	flag.Func("also", "NAME=FILE of something that is no Go module", func(s string) error {
		name, file, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("say NAME=FILE")
		}
		also[name] = file
		return nil
	})
	flag.Parse()
	if err := run(os.Stdout, flag.Args(), also); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, programs []string, also map[string]string) error {
	modules := map[string]string{} // path to version
	for _, p := range programs {
		info, err := buildinfo.ReadFile(p)
		if err != nil {
			return err
		}
		for _, m := range info.Deps {
			modules[m.Path] = effective(m).Version
		}
	}
	if len(modules) == 0 {
		return errors.New("no program with modules given")
	}
	dirs, err := directories(slices.Sorted(maps.Keys(modules)))
	if err != nil {
		return err
	}
	var all []*notice
	seen := map[[32]byte]*notice{}
	add := func(part string, text []byte) {
		sum := sha256.Sum256(text)
		if n := seen[sum]; n != nil {
			if !slices.Contains(n.parts, part) {
				n.parts = append(n.parts, part)
			}
			return
		}
		seen[sum] = &notice{parts: []string{part}, text: text}
		all = append(all, seen[sum])
	}
	for _, name := range slices.Sorted(maps.Keys(also)) {
		text, err := os.ReadFile(also[name])
		if err != nil {
			return err
		}
		add(name, text)
	}
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		found, err := texts(dirs[path], func(text []byte) { add(path+" "+modules[path], text) })
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("%s has no licence file: may it be handed on?", path)
		}
	}
	fmt.Fprintln(out, "Wardlight is built of, and thanks, these works. Each stands under its own licence.")
	for _, n := range all {
		fmt.Fprintf(out, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 78), strings.Join(n.parts, "\n"),
			bytes.TrimSpace(n.text))
	}
	return nil
}

func effective(m *debug.Module) *debug.Module {
	if m.Replace != nil {
		return m.Replace
	}
	return m
}

// directories finds where the modules lie on this machine.
func directories(paths []string) (map[string]string, error) {
	cmd := exec.Command("go", append([]string{"list", "-m", "-json"}, paths...)...)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	dirs := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var m struct{ Path, Dir string }
		if err := dec.Decode(&m); errors.Is(err, io.EOF) {
			return dirs, nil
		} else if err != nil {
			return nil, err
		}
		if m.Dir == "" {
			return nil, fmt.Errorf("%s is not in the module cache: go mod download", m.Path)
		}
		dirs[m.Path] = m.Dir
	}
}

var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyright|patents|ofl|unlicen[cs]e)([-_.].*)?$`)

// texts hands over each licence in dir and below: C code and typefaces have
// their own beside them.
func texts(dir string, add func([]byte)) (found bool, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); n == "testdata" || path != dir && strings.HasPrefix(n, ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if ext := filepath.Ext(path); !licence.MatchString(d.Name()) || ext == ".go" || ext == ".svg" || ext == ".png" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found = true
		add(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
		return nil
	})
	return found, err
}
