/* Passkeys: what only the browser can do. Forms that need it are hidden until this module runs.

   A form names its part in `data-passkey`: "add" makes a passkey, "use" and "sign-in" answer with
   one. What the server asks stands in #passkey-options, for "sign-in" at the form's own address. */

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

async function add(asked, form) {
  const alone = form.elements.passwordless.checked;
  const credential = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: keys(asked.excludeCredentials),
      authenticatorSelection: {
        ...asked.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone && { userVerification: "required" }),
      },
    },
  });
  return {
    attestationObject: words(credential.response.attestationObject),
    ...common(credential),
  };
}

async function use(asked) {
  const credential = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: keys(asked.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = credential.response;
  return {
    authenticatorData: words(authenticatorData),
    signature: words(signature),
    userHandle: userHandle ? words(userHandle) : null,
    ...common(credential),
  };
}

/* What both answers hold: the credential itself, beside the part of its response that both have. */
function common(credential) {
  return {
    credential: {
      type: credential.type,
      id: credential.id,
      rawId: words(credential.rawId),
      clientExtensionResults: credential.getClientExtensionResults(),
    },
    clientDataJSON: words(credential.response.clientDataJSON),
  };
}

async function asked(form) {
  const here = document.getElementById("passkey-options");
  if (here) return JSON.parse(here.textContent).publicKey;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()).request_options.publicKey;
}

async function answer(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const make = form.dataset.passkey === "add" ? add : use;
    const { credential, ...response } = await make(await asked(form), form);
    form.elements.credential.value = JSON.stringify({ ...credential, response });
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.querySelector("button").addEventListener("click", () => answer(form));
    form.addEventListener("submit", (event) => event.preventDefault());
  }
}
