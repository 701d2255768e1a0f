package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// byteOrderMark stands before the text that some programs write.
const byteOrderMark = "\ufeff"

// csvReader reads a table as spreadsheets save it: with or without a byte order mark,
// in UTF-8 or, where the mark says so, UTF-16, with lines that end in CR, LF or both. How many cells a line has
// is for the caller
// to judge.
func csvReader(in io.Reader) *csv.Reader {
	r := csv.NewReader(&lineEnds{r: bufio.NewReader(transform.NewReader(in, unicode.BOMOverride(transform.Nop)))})
	r.FieldsPerRecord = -1
	return r
}

// lineEnds makes an LF of a CR that ends a line by itself, as old spreadsheets write it.
type lineEnds struct{ r *bufio.Reader }

// Read implements io.Reader.
func (l *lineEnds) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	for i := range n {
		if b[i] != '\r' {
			continue
		}
		next := byte(0)
		if i+1 < n {
			next = b[i+1]
		} else if ahead, _ := l.r.Peek(1); len(ahead) > 0 {
			next = ahead[0]
		}
		if next != '\n' {
			b[i] = '\n'
		}
	}
	return n, err
}

// cells reads the next line: its cells, without the byte order mark that files which were
// put together have in their middle, and its number. After an error that names a line
// ([csv.ParseError]) the next line can be read.
func cells(r *csv.Reader) (row []string, line int, err error) {
	row, err = r.Read()
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return nil, parse.StartLine, fmt.Errorf("%w (column %d)", parse.Err, parse.Column)
	case err != nil:
		return nil, 0, err
	}
	line, _ = r.FieldPos(0)
	row[0] = strings.TrimPrefix(row[0], byteOrderMark)
	return row, line, nil
}

// otherSeparator says what parts the cells if not a comma, for a line that has too few: a
// spreadsheet saves what its country is used to. "" if nothing is seen.
func otherSeparator(row []string, columns int) string {
	if len(row) >= columns || len(row) == 0 {
		return ""
	}
	for sep, name := range map[string]string{";": "semicolons", "\t": "tabs", "|": "bars"} {
		if strings.Count(strings.Join(row, ","), sep) >= columns-2 {
			return "its cells are separated by " + name + ": save it with commas"
		}
	}
	if len(row) == 1 && strings.Count(row[0], ",") >= columns-2 {
		return "the whole line stands in quotes: save it with each cell for itself"
	}
	return ""
}
