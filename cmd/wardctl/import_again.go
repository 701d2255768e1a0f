package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/wardlight/wardlight/app/hl7"
)

// rebaseTo is the time that --rebase names; zero for none.
func rebaseTo(flag string) (time.Time, error) {
	switch flag {
	case "":
		return time.Time{}, nil
	case "now":
		return time.Now().UTC(), nil
	}
	t, err := time.Parse(time.RFC3339Nano, flag)
	if err != nil {
		return t, fmt.Errorf("--rebase %q: say \"now\", or a time as 2026-03-10T08:00:00Z", flag)
	}
	return t, nil
}

// rebase moves all files together, so that the newest time of them is the one that was
// named.
func (r *importRun) rebase(files []io.ReadCloser, names []string) error {
	var newest time.Time
	r.newest = map[string]time.Time{}
	for n, f := range files {
		file, ok := f.(io.ReadSeeker)
		if !ok {
			return errors.New("--rebase reads a file twice: \"-\" cannot be")
		}
		t, err := hl7.Newest(file, r.options.Location)
		if err != nil {
			return fmt.Errorf("%s: %w", names[n], err)
		}
		if r.newest[names[n]] = t; t.After(newest) {
			newest = t
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("%s: %w", names[n], err)
		}
	}
	if !newest.IsZero() {
		r.options.Shift = r.to.Sub(newest)
	}
	return nil
}

// again is the command that goes on with files at a message of the first: with every flag
// that says where or how they are read.
func (r *importRun) again(names []string, from int) string {
	var all []string
	for _, name := range names {
		words := []string{"wardctl", "import", "hl7"}
		r.cmd.Flags().Visit(func(f *pflag.Flag) {
			switch value := f.Value.String(); {
			case f.Name == "from":
			case f.Name == "rebase":
				at := r.newest[name].Add(r.options.Shift).UTC()
				words = append(words, "--rebase "+at.Format(time.RFC3339Nano))
			case f.Value.Type() == "bool" && value == "true":
				words = append(words, "--"+f.Name)
			default:
				words = append(words, "--"+f.Name+" "+quoted(value))
			}
		})
		if from > 1 {
			words = append(words, fmt.Sprintf("--from %d", from))
		}
		words = append(words, quoted(name))
		if len(r.newest) == 0 { // nothing parts the files
			for _, more := range names[1:] {
				words = append(words, quoted(more))
			}
			return strings.Join(words, " ")
		}
		all = append(all, strings.Join(words, " "))
	}
	return strings.Join(all, "; then: ")
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// quoted is a word such that a shell reads it as it is.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
