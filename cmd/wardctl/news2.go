package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
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
			"1 (default) or 2. With complete false the total is a lower bound.",
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

func scoreCSV(in io.Reader, out io.Writer) error {
	r, w := csv.NewReader(in), csv.NewWriter(out)
	r.TrimLeadingSpace = true
	head, err := r.Read()
	if err != nil {
		return fmt.Errorf("no header line: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	for _, name := range news2Columns {
		if _, ok := at[name]; !ok && name != "scale" {
			return fmt.Errorf("no column %q: the header is %s", name, strings.Join(news2Columns, ","))
		}
	}
	if err := w.Write(append(slices.Clone(head), "total", "risk", "complete")); err != nil {
		return err
	}
	for {
		line, err := r.Read()
		if errors.Is(err, io.EOF) {
			w.Flush()
			return w.Error()
		} else if err != nil {
			return err
		}
		o, err := parseSet(line, at)
		if err != nil {
			n, _ := r.FieldPos(0)
			return fmt.Errorf("line %d: %w", n, err)
		}
		s := vitals.NEWS2(o)
		if err := w.Write(append(slices.Clone(line), strconv.Itoa(s.Total), string(s.Risk), strconv.FormatBool(s.Complete))); err != nil {
			return err
		}
	}
}

func parseSet(line []string, at map[string]int) (o vitals.Observation, err error) {
	cell := func(name string) string {
		if i, ok := at[name]; ok {
			return strings.TrimSpace(line[i])
		}
		return ""
	}
	number := func(name string) *float64 {
		text := cell(name)
		if text == "" {
			return nil
		}
		v, bad := strconv.ParseFloat(text, 64)
		if bad != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
			err = errors.Join(err, fmt.Errorf("%s %q is not a number", name, text))
		}
		return &v
	}
	o.RR, o.SpO2, o.SBP, o.Pulse, o.Temp = number("rr"), number("spo2"), number("sbp"), number("hr"), number("temp")
	switch text := cell("o2"); text {
	case "":
	case "0", "1":
		on := text == "1"
		o.Oxygen = &on
	default:
		err = errors.Join(err, fmt.Errorf("o2 %q is neither 0 nor 1", text))
	}
	if o.ACVPU = vitals.Consciousness(strings.ToUpper(cell("acvpu"))); !o.ACVPU.Valid() {
		err = errors.Join(err, fmt.Errorf("acvpu %q is none of A, C, V, P, U", o.ACVPU))
	}
	switch text := cell("scale"); text {
	case "", "1":
	case "2":
		o.Scale2 = true
	default:
		err = errors.Join(err, fmt.Errorf("scale %q is neither 1 nor 2", text))
	}
	return o, err
}
