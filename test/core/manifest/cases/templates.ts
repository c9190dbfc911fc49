import { type Case } from "../support";

/** Templates, manifests within texts, and what is no YAML. */
export const TEXTS: Record<string, Case> = {
  "expressions side by side": {
    path: "templates/pod.yaml.templ",
    text: `apiVersion: v1
kind: Pod
spec:
  containers:
  - image: {{ .Values.image }}{{ if .Values.tag }}:{{ .Values.tag }}{{ end }}
`,
    uses: ["{{ .Values.image }}{{ if .Values.tag }}:{{ .Values.tag }} likely ?.Values.image ?.Values.tag"],
  },
  "a chart's template": {
    path: "templates/deployment.yaml",
    text: `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ include "a.name" . }}}
spec:
  template:
    spec:
      {{- with .Values.securityContext }}
      securityContext: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
        - name: fixed
          image: busybox:1.36
        - image: {{ .Values.registry }}/redis:7
{{- end }}
`,
    uses: [
      "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }} likely" +
        " ?.Values.image.repository ?.Values.image.tag | default .Chart.AppVersion",
      "busybox:1.36 likely",
      "{{ .Values.registry }}/redis:7 likely ?.Values.registry",
    ],
  },
  "Jinja and ERB": {
    path: "pod.yaml.j2",
    text: `apiVersion: v1
kind: Pod
{% if x %}
spec:
  containers:
  {% for one in all %}
  - image: nginx:{{ one }}
  {% endfor %}
  - image: redis:<%= v %>
  - image: httpd:2
{% endif %}
`,
    uses: ["nginx:{{ one }} likely ?one", "redis:<%= v %> likely ?v", "httpd:2 likely"],
  },
  "a config map with a manifest": {
    path: "cm.yaml",
    text: `apiVersion: v1
kind: ConfigMap
data:
  pod.yaml: |
    apiVersion: v1
    kind: Pod
    spec:
      containers:
      - image: nginx:1.25
  run.sh: |
    kubectl run a --image=busybox:1.36
  text: the image nginx:1 is nice
`,
    uses: ["nginx:1.25", "busybox:1.36 likely"],
  },
  "no YAML": {
    path: "broken.yaml",
    text: `apiVersion: v1\nkind: Pod\nspec: {{{]\n  containers:\n  - image: nginx:1.25\n\t- image: "redis"\n}\n`,
    uses: ["nginx:1.25 likely", "redis likely"],
  },
  "keys twice and tags": {
    path: "pod.yaml",
    text: `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: a:1\n    image: b:2\n  - image: !Sub c:3\n`,
    uses: ["a:1", "b:2", "c:3"],
  },
  "aliases, once": {
    path: "pod.yaml",
    text: `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - &c {name: a, image: nginx}\n  - *c\n  - <<: *c\n    name: b\n`,
    uses: ["nginx"],
  },
};
