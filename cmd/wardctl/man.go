package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand writes the manual for the packages. It is one page: thirteen short
// ones, as cobra's own generator writes, would have to be read one by one.
func manCommand() *cobra.Command {
	var date string
	c := &cobra.Command{Use: "man DIR", Short: "Write the manual page wardctl.1 into DIR", Args: cobra.ExactArgs(1),
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				return fmt.Errorf("--date %q: say YYYY-MM-DD", date)
			}
			f, err := os.Create(filepath.Join(args[0], "wardctl.1"))
			if err != nil {
				return err
			}
			defer func() {
				if shut := f.Close(); err == nil {
					err = shut
				}
			}()
			return writeManual(f, cmd.Root(), date)
		}}
	c.Flags().StringVar(&date, "date", "", "the page's date, YYYY-MM-DD")
	_ = c.MarkFlagRequired("date") // fails for an unknown flag only; today's would differ from build to build
	return c
}

// writeManual writes root and all its visible commands as a man(7) page.
func writeManual(out io.Writer, root *cobra.Command, date string) error {
	w := bufio.NewWriter(out)
	name := root.Name()
	fmt.Fprintf(w, ".TH %s 1 \"%s\" \"Wardlight %s\" \"Wardlight\"\n", strings.ToUpper(name), date, roff(root.Version))
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n", name, roff(lowerFirst(root.Short)))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.B %s\n[\\fB\\-\\-data\\fR \\fIDIR\\fR] \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n", name)
	fmt.Fprint(w, ".SH OPTIONS\nEvery command takes:\n")
	writeFlags(w, root.PersistentFlags())
	fmt.Fprint(w, ".SH COMMANDS\n")
	writeCommands(w, root)
	fmt.Fprintf(w, ".SH EXIT STATUS\n0 on success, 1 on any error; the error is said on the standard error output.\n")
	fmt.Fprint(w, ".SH SEE ALSO\n.BR wardlight (1)\n.PP\nhttps://github.com/wardlight/wardlight\n")
	return w.Flush()
}

func writeCommands(w io.Writer, parent *cobra.Command) {
	for _, c := range parent.Commands() {
		if !c.IsAvailableCommand() || c.Name() == "completion" {
			continue
		}
		if !c.Runnable() { // a group
			writeCommands(w, c)
			continue
		}
		line := strings.TrimSuffix(strings.TrimPrefix(c.UseLine(), c.Root().Name()+" "), " [flags]")
		fmt.Fprintf(w, ".SS \"%s\"\n", roff(line))
		text := c.Long
		if text == "" {
			text = c.Short
		}
		fmt.Fprintf(w, "%s\n", roff(strings.TrimSuffix(text, ".")+"."))
		writeFlags(w, c.LocalNonPersistentFlags())
	}
}

func writeFlags(w io.Writer, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		fmt.Fprintf(w, ".TP\n\\fB\\-\\-%s\\fR", roff(f.Name))
		if kind != "" {
			fmt.Fprintf(w, " \\fI%s\\fR", roff(kind))
		}
		fmt.Fprintf(w, "\n%s", roff(usage))
		if !slices.Contains([]string{"", "false", "[]", "0"}, f.DefValue) {
			fmt.Fprintf(w, " (default %s)", roff(f.DefValue))
		}
		fmt.Fprintln(w)
	})
}

// roff writes text so that troff shows it as it is: a hyphen stays one that can
// be copied, and no line begins with a request.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, `"`, `\(dq`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
