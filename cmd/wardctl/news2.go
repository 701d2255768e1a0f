package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/vitals"
)

func news2Command() *cobra.Command {
	return &cobra.Command{Use: "news2 [FILE]", Short: "Score observation sets by NEWS2", Args: cobra.MaximumNArgs(1),
		Long: "Reads CSV with the columns rr,spo2,o2,sbp,hr,acvpu,temp,scale from FILE or the standard input and writes\n" +
			"the same rows with total,risk,complete. Empty is not measured; o2 is 0 or 1; acvpu A, C, V, P or U; scale\n" +
			"(or spo2scale) 1 (default) or 2. With complete false the total is a lower bound. A row with a value that no patient can\n" +
			"have is written without a score and named, with the column and its limits; the exit status is then 1, and\n" +
			"so it is where there is no row.",
		RunE: func(cmd *cobra.Command, args []string) error {
			in := cmd.InOrStdin()
			if len(args) == 1 {
				f, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer f.Close()
				in = f
			}
			return scoreCSV(in, cmd.OutOrStdout())
		}}
}

var news2Columns = []string{"rr", "spo2", "o2", "sbp", "hr", "acvpu", "temp", "scale"}

// scaleNames are what others call the column scale. On the wrong scale a set scores less.
var scaleNames = []string{"spo2scale", "spo2_scale", "spo2 scale"}

// scoreCSV scores what it can. A row that is wrong is written without a score and is part of
// the error: the others' scores hold.
func scoreCSV(in io.Reader, out io.Writer) error {
	r, w := csvReader(in), csv.NewWriter(out)
	r.TrimLeadingSpace = true
	head, _, err := cells(r)
	if err != nil {
		return fmt.Errorf("no header line: %w", err)
	}
	at, err := columnsOf(head)
	if err != nil {
		return err
	}
	if err := w.Write(append(slices.Clone(head), "total", "risk", "complete")); err != nil {
		return err
	}
	var wrong []error
	for rows := 0; ; rows++ {
		line, n, err := cells(r)
		if errors.Is(err, io.EOF) && rows == 0 {
			wrong = append(wrong, errors.New("no line below the header: there is nothing to score"))
		}
		if errors.Is(err, io.EOF) {
			w.Flush()
			return errors.Join(append(wrong, w.Error())...)
		} else if err == nil && len(line) != len(head) {
			err = fmt.Errorf("%d columns, the header has %d", len(line), len(head))
		}
		if n == 0 && err != nil {
			return errors.Join(append(wrong, err)...) // the file itself cannot be read
		} else if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", n, err))
			continue
		}
		score := []string{"", "", ""}
		if o, bad := parseSet(line, at); len(bad) == 0 {
			s := vitals.NEWS2(o)
			score = []string{strconv.Itoa(s.Total), string(s.Risk), strconv.FormatBool(s.Complete)}
		} else {
			for _, err := range bad {
				wrong = append(wrong, fmt.Errorf("line %d, column %w", n, err))
			}
		}
		if err := w.Write(append(slices.Clone(line), score...)); err != nil {
			return err
		}
	}
}

// columnsOf finds the columns by their names.
func columnsOf(head []string) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if slices.Contains(scaleNames, name) {
			name = "scale"
		}
		if _, twice := at[name]; twice && slices.Contains(news2Columns, name) {
			return nil, fmt.Errorf("two columns %q", name)
		}
		at[name] = i
	}
	for _, name := range news2Columns {
		if _, ok := at[name]; !ok && name != "scale" {
			if other := otherSeparator(head, len(news2Columns)-1); other != "" {
				return nil, fmt.Errorf("no column %q: %s", name, other)
			}
			return nil, fmt.Errorf("no column %q: the header is %s", name, strings.Join(news2Columns, ","))
		}
	}
	return at, nil
}

// parseSet reads one row; bad holds, for each column that is wrong, its name and why.
func parseSet(line []string, at map[string]int) (o vitals.Observation, bad []error) {
	cell := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(line[i])
		}
		return ""
	}
	number := func(name string, q vitals.Quantity) *float64 {
		text := cell(name)
		if text == "" {
			return nil
		}
		v, err := q.Read(text, vitals.ByHand)
		switch {
		case errors.Is(err, vitals.ErrImpossible):
			bad = append(bad, fmt.Errorf("%s: %s is not between %s %s", name, text, q.Limits(vitals.ByHand), q.Unit()))
		case err != nil:
			bad = append(bad, fmt.Errorf("%s: %.40q is not a number", name, text))
		}
		return &v
	}
	o.RR, o.SpO2 = number("rr", vitals.RespirationRate), number("spo2", vitals.OxygenSaturation)
	o.SBP, o.Pulse = number("sbp", vitals.SystolicPressure), number("hr", vitals.PulseRate)
	o.Temp = number("temp", vitals.BodyTemperature)
	switch text := cell("o2"); text {
	case "":
	case "0", "1":
		on := text == "1"
		o.Oxygen = &on
	default:
		bad = append(bad, fmt.Errorf("o2: %.40q is neither 0 nor 1", text))
	}
	if o.ACVPU = vitals.Consciousness(strings.ToUpper(cell("acvpu"))); !o.ACVPU.Valid() {
		bad = append(bad, fmt.Errorf("acvpu: %.40q is none of A, C, V, P, U", o.ACVPU))
	}
	switch text := cell("scale"); text {
	case "", "1":
	case "2":
		o.Scale2 = true
	default:
		bad = append(bad, fmt.Errorf("scale: %.40q is neither 1 nor 2", text))
	}
	return o, bad
}
