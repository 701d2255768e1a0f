package notify

import "encoding/json"

// macScript shows what it reads from its standard input. It is constant: texts
// are JSON there, and never come near a script, an argument or the environment,
// which other programs of the user can read.
const macScript = `ObjC.import("Foundation");
const said = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
const note = JSON.parse($.NSString.alloc.initWithDataEncoding(said, 4).js);
const app = Application.currentApplication();
app.includeStandardAdditions = true;
app.displayNotification(String(note.body), {withTitle: String(note.title)});`

// macArguments are those of /usr/bin/osascript, whatever is shown.
var macArguments = []string{"-l", "JavaScript", "-e", macScript}

// macNote is what macScript reads.
type macNote struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// macInput is a note as macScript reads it. It is a pure function so that it is
// tested on every system.
func macInput(n Note) ([]byte, error) {
	n, err := n.plain()
	if err != nil {
		return nil, err
	}
	return json.Marshal(macNote{n.Title, n.Body})
}
