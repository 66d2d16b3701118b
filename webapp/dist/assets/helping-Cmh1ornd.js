<<<<<<<< HEAD:webapp/dist/assets/helping-mHNNwS6U.js
import{t as e}from"./gql-DiNcYsLQ.js";import{l as t}from"./later-documents-D5bBY4d0.js";import{S as n}from"./index-LJIZOgFU.js";async function r(r){let i={idempotencyKey:crypto.randomUUID(),customerId:r};await e({session:n},t,{input:i}).catch(()=>null)}export{r as beginHelping};
========
import{t as e}from"./gql-DiNcYsLQ.js";import{l as t}from"./later-documents-CzjxWgqk.js";import{S as n}from"./index-CDwmAU5Y.js";async function r(r){let i={idempotencyKey:crypto.randomUUID(),customerId:r};await e({session:n},t,{input:i}).catch(()=>null)}export{r as beginHelping};
>>>>>>>> 2483190 (changes: the schema, the plans and the app as they are served):webapp/dist/assets/helping-Cmh1ornd.js
