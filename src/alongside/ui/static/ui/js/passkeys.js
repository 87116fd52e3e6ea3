// Says in words why a passkey was not used: the browser itself tells only the console.
const problem = document.querySelector("[data-passkey-problem]");

const sentences = {
  SecurityError: "insecure",
  InvalidStateError: "twice",
};

document.addEventListener("allauth.error", (event) => {
  const name = event.detail.exception?.name;
  const missing = !window.PublicKeyCredential || !window.isSecureContext;
  event.preventDefault();
  problem.textContent = problem.dataset[missing ? "insecure" : (sentences[name] ?? "refused")];
  problem.hidden = false;
});
