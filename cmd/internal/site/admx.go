package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// AdmxName is the template's name, without its ending.
const AdmxName = "Wardlight"

// Admx is the template by which the editors of Windows policies know the settings
// of [PolicyKey]: the definitions (Wardlight.admx) and their English texts
// (en-US\Wardlight.adml).
// https://learn.microsoft.com/previous-versions/windows/desktop/Policy/admx-schema
func Admx() (definitions, texts []byte) {
	var policies, strs, shown bytes.Buffer
	for _, k := range Keys {
		if k.Name == "alone" || k.Name == "keyring_bus" {
			continue // a demonstration's own
		}
		id := strings.ReplaceAll(k.Name, ".", "_")
		element, field, value := "text", "textBox", ""
		switch k.Type {
		case aList:
			element, field = "multiText", "multiTextBox"
		case aFlag:
			element, value = "", fmt.Sprintf(` valueName="%s"`, k.Name)
		}
		fmt.Fprintf(&policies,
			"    <policy name=%q class=\"Machine\" displayName=\"$(string.%s)\" explainText=\"$(string.%s_text)\"",
			id, id, id)
		if element != "" {
			fmt.Fprintf(&policies, " presentation=\"$(presentation.%s)\"", id)
		}
		fmt.Fprintf(&policies,
			" key=\"Software\\Policies\\Wardlight\"%s>\n      <parentCategory ref=\"Wardlight\"/>\n      <supportedOn ref=\"Any\"/>\n", value)
		fmt.Fprintf(&strs, "      <string id=%q>%s</string>\n      <string id=\"%s_text\">%s</string>\n",
			id, k.Name, id,
			escaped(fmt.Sprintf("%s\n\nIt is %s. Default: %s. Example: %s", k.Text,
				strings.TrimSuffix(k.Type, " in quotes"), k.Default, entered(k))))
		if element == "" {
			policies.WriteString(
				"      <enabledValue><decimal value=\"1\"/></enabledValue>\n      <disabledValue><decimal value=\"0\"/></disabledValue>\n")
		} else {
			fmt.Fprintf(&policies, "      <elements><%s id=\"value\" valueName=%q required=\"true\"/></elements>\n",
				element, k.Name)
			if field == "textBox" {
				fmt.Fprintf(&shown,
					"      <presentation id=%q><textBox refId=\"value\"><label>%s</label></textBox></presentation>\n",
					id, k.Name)
			} else {
				fmt.Fprintf(&shown, "      <presentation id=%q><multiTextBox refId=\"value\"/></presentation>\n", id)
			}
		}
		policies.WriteString("    </policy>\n")
	}
	return fmt.Appendf(nil, admxFrame, policies.String()), fmt.Appendf(nil, admlFrame, strs.String(), shown.String())
}

// entered is a key's example as one types it into a policy: without TOML's quotes.
func entered(k Key) string {
	if k.Type == aFlag {
		return "enabled"
	}
	return strings.Trim(strings.ReplaceAll(k.Example, `", "`, ` and, in the next line, `), `[]"`)
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a Buffer takes everything
	return b.String()
}

const admxFrame = `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">
  <policyNamespaces>
    <target prefix="wardlight" namespace="Wardlight.Policies"/>
  </policyNamespaces>
  <resources minRequiredRevision="1.0"/>
  <supportedOn>
    <definitions><definition name="Any" displayName="$(string.Any)"/></definitions>
  </supportedOn>
  <categories><category name="Wardlight" displayName="$(string.Wardlight)"/></categories>
  <policies>
%s  </policies>
</policyDefinitions>
`

const admlFrame = `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions" revision="1.0" schemaVersion="1.0">
  <displayName>Wardlight</displayName>
  <description>The settings of Wardlight nursing stations</description>
  <resources>
    <stringTable>
      <string id="Wardlight">Wardlight</string>
      <string id="Any">Wardlight on Windows 10 and newer</string>
%s    </stringTable>
    <presentationTable>
%s    </presentationTable>
  </resources>
</policyDefinitionResources>
`
